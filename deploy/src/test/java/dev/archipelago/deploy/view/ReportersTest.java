package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportersTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private static Progress progress(String state, String phase) {
    return new Progress(
        Samples.statusDocument(state, phase, 1),
        Samples.workers(),
        List.of(Samples.trialDocument(0, "COMPLETED"), Samples.trialDocument(1, "FAILED")),
        2);
  }

  @Test
  void plainLinesSayEachThingOnce() {
    PlainReporter reporter = new PlainReporter(out);
    reporter.show(progress("RUNNING", "search"));
    reporter.show(
        new Progress(Samples.statusDocument("RUNNING", "search", 1), List.of(), List.of(), 2));
    reporter.show(
        new Progress(Samples.statusDocument("COMPLETED", "done", 1), List.of(), List.of(), 2));
    reporter.close();

    assertThat(text.toString().lines())
        .containsExactly(
            "[1m 12s] trial 0 (search) completed: accuracy 0.8000, 1,234 parameters, 97 us, trained"
                + " 3s, worker-1",
            "[1m 12s] trial 1 (search) failed: DIVERGED: loss is NaN, \"sadly\", worker-1",
            "[1m 12s] done: search 1/20, best 0.8512; baseline 0/20 and 1 failed",
            "[1m 12s] running: search",
            "[1m 12s] completed");
  }

  @Test
  void plainLinesSayWhatIsLeft() {
    PlainReporter reporter = new PlainReporter(out);
    reporter.show(
        new Progress(
            Samples.statusDocument(Samples.SCHEDULED),
            Samples.workers(),
            List.of(Samples.trialDocument(Samples.CONTINUED_TRIAL)),
            2));

    assertThat(text.toString())
        .contains(
            "done: search 9/20 configurations (synflow: 8, 1: 3, 3: 1), best 0.8512; baseline 3"
                + " configurations (synflow: 3, 1: 0, 3: 0) and 1 failed; about 12m 00s more on 2"
                + " workers (8m 00s to 15m 00s)");
  }

  @Test
  void theLiveViewIsDrawnOverItself() {
    LiveReporter reporter = new LiveReporter(out, () -> 100);
    reporter.show(progress("RUNNING", "search"));
    String first = text.toString();
    reporter.notice("worker-1 ended");
    String second = text.toString().substring(first.length());
    reporter.close();

    assertThat(first).startsWith("\r\u001b[J").contains("trial 0 (search) completed");
    int height = 6;
    assertThat(second).startsWith("\u001b[" + height + "A\r\u001b[Jworker-1 ended\nquick  s1");
    assertThat(second).as("what has scrolled away is not drawn again").doesNotContain("trial 0 (");
    assertThat(text.toString()).as("the last frame stays").endsWith("waits for results\n");
  }
}
