package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.embedded.TinyLauncher.Started;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CrewTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  private final TinyLauncher launcher = new TinyLauncher();
  private final BlockingQueue<String> gone = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
  private final Crew crew =
      new Crew(launcher, new RestartPolicy(LONG, 3, LONG, LONG), gone::add, notices::add);

  @AfterEach
  void close() {
    crew.close();
  }

  @Test
  void tellsChildrenWhereToJoinAndAsWhom() throws Exception {
    crew.start(List.of("worker-1", "worker-2"));
    Started first = launcher.next();
    Started second = launcher.next();
    assertThat(first.line()).isEqualTo("up");
    assertThat(second.line()).isEqualTo("up");

    crew.join("127.0.0.1:8610");

    assertThat(first.line()).isEqualTo("127.0.0.1:8610 worker-1");
    assertThat(second.line()).isEqualTo("127.0.0.1:8610 worker-2");
  }

  @Test
  void replacesAChildThatWasKilledAndSaysSo() throws Exception {
    crew.join("127.0.0.1:8610");
    crew.start(List.of("worker-1"));

    launcher.next().process().destroyForcibly();

    Started successor = launcher.next();
    assertThat(successor.name()).isEqualTo("worker-1");
    assertThat(successor.line()).isEqualTo("up");
    assertThat(successor.line()).isEqualTo("127.0.0.1:8610 worker-1");
    assertThat(gone.take()).isEqualTo("worker-1");
    assertThat(notices.take()).contains("worker-1", "SIGKILL", "replaced");
    assertThat(launcher.events()).containsExactly("ended worker-1");
  }

  @Test
  void theOneThatStandsByTakesTheDeadOnesPlace() throws Exception {
    crew.join("127.0.0.1:8610");
    crew.start(List.of("worker-1"));
    Started worker = launcher.next();
    crew.keepSpare(NONE);
    Started spare = launcher.next();
    assertThat(spare.spare()).isTrue();
    assertThat(spare.line()).isEqualTo("up");

    worker.process().destroyForcibly();

    assertThat(spare.line()).isEqualTo("127.0.0.1:8610 worker-1");
    Started nextSpare = launcher.next();
    assertThat(nextSpare.spare()).isTrue();
    assertThat(launcher.events()).containsExactly("ended worker-1", "promoted worker-1");
  }

  @Test
  void knowsACrashByItsProof() throws Exception {
    launcher.letCrash();
    crew.start(List.of("worker-1"));

    launcher.next().process().destroyForcibly();

    assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("the native library crashed");
  }

  @Test
  void waitsAfterQuickDeathsInARow() throws Exception {
    launcher.letDie();

    crew.start(List.of("worker-1"));

    for (int death = 0; death < 3; death++) {
      launcher.next();
      assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("exit code 7", "; replaced");
    }
    launcher.next();
    assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("to be replaced in 3600 s");
    assertThat(launcher.count()).isZero();
  }

  @Test
  void aChildThatCannotWorkLikeThisIsNotReplaced() throws Exception {
    launcher.letRefuse();
    crew.start(List.of("worker-1", "worker-2"));
    launcher.next();
    launcher.next();

    crew.deserted().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(launcher.count()).isZero();
    assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("is not replaced"));
  }

  @Test
  void childrenThatAreReleasedEndByThemselves() throws Exception {
    crew.start(List.of("worker-1", "worker-2"));
    launcher.next().line();
    launcher.next().line();

    crew.release(Duration.ofSeconds(60));

    for (Process process : launcher.all()) {
      assertThat(process.isAlive()).isFalse();
      assertThat(process.exitValue()).isZero(); // nobody killed it
    }
    assertThat(launcher.count()).isZero();
  }

  @Test
  void closeEndsAllChildrenAndReplacesNone() throws Exception {
    crew.start(List.of("worker-1", "worker-2"));
    crew.keepSpare(NONE);
    launcher.next();
    launcher.next();
    launcher.next();

    crew.close();

    for (Process process : launcher.all()) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(launcher.count()).isZero();
    assertThat(gone).isEmpty();
  }
}
