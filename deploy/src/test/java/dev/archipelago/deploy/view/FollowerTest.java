package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.support.FakeApi;
import dev.archipelago.deploy.support.Samples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private final FakeApi api = new FakeApi();
  private final Script script = new Script();
  private final Notes record = new Notes();
  private final Follower follower =
      new Follower(new ApiClient(api.endpoint()), "s1", record, script, Duration.ofSeconds(10));

  /** What happens between two looks, a second apart; the user stops at its end. */
  private static final class Script implements Ticker {
    private final Queue<Runnable> steps = new ArrayDeque<>();
    private long nanos;

    Script then(Runnable step) {
      steps.add(step);
      return this;
    }

    @Override
    public boolean next() {
      nanos += 1_000_000_000L;
      Runnable step = steps.poll();
      if (step != null) {
        step.run();
      }
      return step != null;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  private static final class Notes implements Reporter {
    final List<Integer> finished = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    final List<Double> paces = new ArrayList<>();

    @Override
    public void show(Progress progress) {
      progress.finished().stream().map(TrialDocument::number).forEach(finished::add);
      paces.add(progress.trialsPerMinute());
    }

    @Override
    public void notice(String text) {
      notices.add(text);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    api.onGet("/workers", Samples.WORKERS);
    trials();
    status("RUNNING", 0);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void status(String state, int done) {
    api.onGet("/searches/s1", Samples.status("s1", state, "search", done));
  }

  private void trials(String... trials) {
    api.onGet("/searches/s1/trials", Samples.trials(trials.length, trials));
  }

  @Test
  void showsEachTrialOnceInTheOrderOfItsEnd() {
    script
        .then(() -> trials(Samples.trial(0, "RUNNING"), Samples.trial(1, "COMPLETED")))
        .then(() -> trials(Samples.trial(0, "FAILED"), Samples.trial(1, "COMPLETED")))
        .then(() -> {})
        .then(() -> status("COMPLETED", 2));

    assertThat(follower.follow()).isInstanceOf(Ending.Over.class);
    assertThat(record.finished).containsExactly(1, 0);
  }

  @Test
  void doesNotRepeatWhatHadEndedBefore() {
    trials(Samples.trial(0, "COMPLETED"), Samples.trial(1, "RUNNING"));
    script.then(() -> trials(Samples.trial(0, "COMPLETED"), Samples.trial(1, "COMPLETED")));

    assertThat(follower.follow()).isInstanceOf(Ending.Interrupted.class);
    assertThat(record.finished).containsExactly(1);
  }

  @Test
  void measuresThePaceFromItsFirstLook() {
    status("RUNNING", 5);
    script.then(() -> {}).then(() -> status("RUNNING", 8));

    follower.follow();

    assertThat(record.paces.get(0)).isNaN();
    assertThat(record.paces.get(1)).isNaN();
    assertThat(record.paces.get(2)).isEqualTo(3 / (2 / 60.0));
  }

  @Test
  void bearsAControllerThatIsAwayForAWhile() {
    script
        .then(() -> api.on("GET", "/api/v1/searches/s1", 503, "{\"error\": \"starting\"}"))
        .then(() -> {})
        .then(() -> status("CANCELLED", 0));

    assertThat(follower.follow()).isInstanceOf(Ending.Over.class);
    assertThat(record.notices)
        .containsExactly("starting; trying again", "the controller answers again");
  }

  @Test
  void givesUpOnOneThatStaysAway() {
    api.close();
    for (int second = 0; second < 20; second++) {
      script.then(() -> {});
    }

    assertThat(follower.follow())
        .isInstanceOfSatisfying(
            Ending.Lost.class, lost -> assertThat(lost.reason()).contains("no controller answers"));
    assertThat(record.notices).hasSize(1);
  }

  @Test
  void anUnknownSearchIsNotWaitedFor() {
    Follower other =
        new Follower(new ApiClient(api.endpoint()), "s9", record, script, Duration.ofSeconds(10));

    assertThatThrownBy(other::follow)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("nearest: s1");
  }
}
