package dev.archipelago.worker.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.worker.program.UserProgram.End;
import dev.archipelago.worker.program.UserProgram.Exit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserProgramTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path directory;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void hasAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
  }

  private Exit run(String script, Duration timeout, BooleanSupplier cancelled) throws IOException {
    return new UserProgram(
            List.of("sh", "-c", "cd '" + directory + "'; " + script),
            Map.of("GREETING", "hello"),
            "what it is told",
            timeout)
        .run(
            line -> line.startsWith("+") && lines.add(line), () -> {}, cancelled, System::nanoTime);
  }

  private Exit run(String script) throws IOException {
    return run(script, LONG, () -> false);
  }

  @Test
  void givesInputAndEnvironmentAndSortsTheLines() throws IOException {
    Exit exit = run("printf '+'; cat; echo; echo $GREETING; echo trouble >&2; printf '+end'");
    assertThat(exit.end()).isEqualTo(End.EXITED);
    assertThat(exit.exitCode()).isZero();
    assertThat(lines).containsExactly("+what it is told", "+end");
    assertThat(exit.log().lines()).containsExactlyInAnyOrder("hello", "trouble");
  }

  @Test
  void tellsTheExitCode() throws IOException {
    assertThat(run("exit 3").exitCode()).isEqualTo(3);
    assertThat(run("kill -9 $$").exitCode()).isEqualTo(137);
  }

  @Test
  void needsNotBeListenedTo() throws IOException {
    Exit exit =
        new UserProgram(List.of("true"), Map.of(), " ".repeat(1 << 20), LONG)
            .run(line -> true, () -> {}, () -> false, System::nanoTime);
    assertThat(exit.exitCode()).isZero();
  }

  @Test
  void readsEndlessOutputInBoundedMemory() throws IOException {
    Exit exit =
        run("head -c 8000000 /dev/zero | tr '\\0' x; yes abcdefgh | head -n 300000; echo +last");
    assertThat(lines).containsExactly("+last");
    assertThat(exit.log()).hasSizeLessThanOrEqualTo(2048).endsWith("abcdefgh\nabcdefgh");
  }

  @Test
  void killsTheWholeTreeAfterTheTimeout() throws Exception {
    Exit exit = run("sleep 100 & echo $! > pid; wait", Duration.ofMillis(500), () -> false);
    assertThat(exit.end()).isEqualTo(End.TIMED_OUT);
    assertGone("pid");
  }

  @Test
  void killsWhatIgnoresTheRequestToEnd() throws Exception {
    Exit exit =
        run(
            "trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done",
            LONG,
            () -> Files.exists(directory.resolve("pid")));
    assertThat(exit.end()).isEqualTo(End.CANCELLED);
    assertGone("pid");
  }

  @Test
  void leavesNothingRunningBehind() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid here");
    Exit exit = run("sleep 100 & echo $! > pid; echo +done");
    assertThat(exit.end()).isEqualTo(End.EXITED);
    assertThat(exit.seconds()).isLessThan(60);
    assertGone("pid");
  }

  @Test
  void doesNotOutliveItsWorker() throws Exception {
    Process program =
        new ProcessBuilder(Watchdog.inOwnGroup(List.of("/bin/sh", "-c", "sleep 100"))).start();
    Process watchdog = Watchdog.shell(program.pid()).start();
    watchdog.getOutputStream().close(); // as the kernel does when the worker dies
    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(137);
  }

  @Test
  void doesNotOutliveAWorkerThatDiesWithItsTerminal() throws Exception {
    Process program =
        new ProcessBuilder(Watchdog.inOwnGroup(List.of("/bin/sh", "-c", "sleep 100"))).start();
    Process watchdog = Watchdog.shell(program.pid()).start();
    OutputStream in = watchdog.getOutputStream();
    in.write(" ".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII)); // more than a pipe holds:
    in.flush(); // so it is reading by now
    for (String signal : List.of("INT", "QUIT", "TERM", "HUP")) {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + watchdog.pid())
          .start()
          .waitFor();
    }
    in.close();
    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(137);
  }

  @Test
  void aClosedWatchdogKillsNoSingleProcess() throws Exception {
    Process other = new ProcessBuilder("/bin/sh", "-c", "read -r line").start(); // in our own group
    try (OutputStream in = other.getOutputStream()) {
      Watchdog.over(other.pid()).close();
      in.write('\n');
    }
    assertThat(other.waitFor()).isZero();
  }

  @Test
  void saysWhereItLookedForAProgram() throws IOException {
    assertThatThrownBy(() -> Located.on("/bin:/usr/bin", List.of("no-such-program", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program")
        .hasMessageContaining("/bin:/usr/bin");
    Path file = Files.writeString(directory.resolve("data.csv"), "1,2");
    assertThatThrownBy(() -> Located.on(null, List.of(file.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not an executable file");
    assertThatThrownBy(() -> Located.on(null, List.of("./missing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not exist");
    assertThat(Located.on("/nowhere:/bin", List.of("sh", "-c", "true")))
        .containsExactly("/bin/sh", "-c", "true");
  }

  @Test
  void looksAtTheMemory() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
    boolean[] second = {false};
    Exit exit =
        run(
            "sleep 100",
            LONG,
            () -> {
              boolean looked = second[0];
              second[0] = true;
              return looked;
            });
    assertThat(exit.peakBytes()).isPositive();
  }

  @Test
  void cutsLongLinesAndTakesALastOneWithoutItsEnd() throws InterruptedException {
    String text = "a".repeat(LineReader.MAX_LINE + 5) + "\nb\r\nc";
    List<String> read = new ArrayList<>();
    LineReader reader =
        new LineReader(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test", read::add);
    reader.join(30_000);
    assertThat(read).extracting(String::length).containsExactly(LineReader.MAX_LINE, 1, 1);
    assertThat(read).endsWith("b", "c");
  }

  @Test
  void theTailKeepsTheEnd() {
    Tail tail = new Tail(12);
    for (String line : List.of("one", "two", "three", "four")) {
      tail.add(line);
    }
    assertThat(tail.text()).isEqualTo("three\nfour");
    tail.add("a long line that ends so");
    assertThat(tail.text()).hasSize(11).isEqualTo("... ends so");
  }

  /** A process that is killed is gone as soon as its new parent has noticed. */
  private void assertGone(String file) throws Exception {
    long pid = Long.parseLong(Files.readString(directory.resolve(file)).strip());
    ProcessHandle.of(pid)
        .map(ProcessHandle::onExit)
        .orElse(CompletableFuture.completedFuture(null))
        .get(30, TimeUnit.SECONDS);
  }
}
