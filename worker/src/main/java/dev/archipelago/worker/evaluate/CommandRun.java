package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.measure.Energy;
import dev.archipelago.worker.program.UserProgram;
import dev.archipelago.worker.program.UserProgram.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** Runs the user's own program: {@link CommandRequest} in, {@link CommandReport} out. */
record CommandRun(Evaluation.Command command, Datasets datasets, LongSupplier nanoClock)
    implements EvaluationRun {
  private static final String EVALUATOR = "command";

  /** Shells and the JDK say 128 + n for signal n. */
  private static final int SIGNALS = 128;

  private static final int SIGKILL = 9;

  @Override
  public Findings run(Job job, Findings findings) {
    job.stopIfCancelled();
    job.reports().preparing("running");
    CommandReport report = new CommandReport(command.until());
    Energy energy = Energy.from(job.meter());
    Exit exit = execute(job, report);
    check(exit);
    try {
      findings.energy(energy);
      findings.by(EVALUATOR).latency(report.latency()).metrics(report.metrics());
      findings.reported(report.curve(), exit.seconds()).peakBytes(exit.peakBytes());
      report.params().ifPresent(findings::params);
      report.flops().ifPresent(findings::flops);
      if (report.isMetricsOnly()) {
        return findings;
      }
      return job.isFinal()
          ? findings.test(report.test())
          : findings.validation(report.validation());
    } catch (EngineException e) {
      throw failed(e.failure().category(), false, e.failure().message(), exit);
    }
  }

  private Exit execute(Job job, CommandReport report) {
    Assignment assignment = job.assignment();
    CommandRequest request =
        new CommandRequest(assignment, command, place(assignment.dataset()), job.engine().device());
    UserProgram program =
        new UserProgram(
            command.command(),
            request.environment(System.getenv()),
            request.document(),
            command.timeout());
    long begin = nanoClock.getAsLong();
    try {
      return program.run(
          line -> report.take(line, (nanoClock.getAsLong() - begin) * 1e-9),
          () -> report.news().ifPresent(job.reports()::reached),
          job.cancelled(),
          nanoClock);
    } catch (IOException e) {
      // Another worker may have it.
      throw new EngineException(
          new TrialFailure(
              Category.PROGRAM, true, "the program cannot be started: " + e.getMessage()),
          e);
    }
  }

  /** What the user gave, as it stands: it may name what only the program can read. */
  private String place(DatasetRef dataset) {
    return dataset.path().isEmpty()
        ? datasets.directory(dataset.name()).map(Path::toString).orElse("")
        : dataset.path();
  }

  private void check(Exit exit) {
    switch (exit.end()) {
      case CANCELLED -> throw new CancellationException("cancelled while the program ran");
      case TIMED_OUT ->
          throw failed(
              Category.TIMEOUT,
              false,
              "the program ran longer than its timeout of %d s and was killed"
                  .formatted(command.timeout().toSeconds()),
              exit);
      case EXITED -> {
        if (exit.exitCode() != 0) {
          throw failed(Category.PROGRAM, false, describe(exit.exitCode()), exit);
        }
      }
    }
  }

  private static String describe(int code) {
    if (code == SIGNALS + SIGKILL) {
      return "the program was killed (exit code 137), perhaps for want of memory";
    }
    return "the program ended with exit code " + code;
  }

  private static EngineException failed(
      Category category, boolean retryable, String what, Exit exit) {
    String log =
        exit.log().isBlank() ? "; it wrote nothing else" : "; its last lines:\n" + exit.log();
    return new EngineException(new TrialFailure(category, retryable, what + log));
  }
}
