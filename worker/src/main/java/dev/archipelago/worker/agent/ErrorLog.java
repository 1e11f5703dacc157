package dev.archipelago.worker.agent;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Where this JVM writes when native code kills it. */
final class ErrorLog {
  private ErrorLog() {}

  /** What {@code -XX:ErrorFile} says, else HotSpot's default in the current directory. */
  static Path ofThisProcess() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String option = jvm.getVMOption("ErrorFile").getValue();
    String pattern = option.isEmpty() ? "hs_err_pid%p.log" : option;
    String pid = String.valueOf(ProcessHandle.current().pid());
    return Path.of(pattern.replace("%p", pid)).toAbsolutePath();
  }
}
