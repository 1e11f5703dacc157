package dev.archipelago.deploy.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The machine's memory, or the container's. */
public final class Memory {
  private Memory() {}

  public static long physicalBytes() {
    return bean().getTotalMemorySize();
  }

  public static long freeBytes() {
    return bean().getFreeMemorySize();
  }

  private static OperatingSystemMXBean bean() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
