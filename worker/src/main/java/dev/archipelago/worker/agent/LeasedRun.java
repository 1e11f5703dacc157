package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.engine.EngineLostError;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run with its traces on disk: the lease file while it lasts, the outcome before anyone is told.
 *
 * <p>A full disk does not stop it: without the traces, a crash now costs more, and no more than
 * that.
 */
final class LeasedRun implements TrialRun {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedRun.class);

  private final TrialRun run;
  private final LeaseFile lease;
  private final Spool spool;
  private final Runnable end;

  /**
   * @param end ends this process at once, whose engine is lost
   */
  LeasedRun(TrialRun run, LeaseFile lease, Spool spool, Runnable end) {
    this.run = run;
    this.lease = lease;
    this.spool = spool;
    this.end = end;
  }

  @Override
  public Optional<Outcome> run(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled) {
    Attempt attempt = new Attempt(assignment.trial(), assignment.attempt());
    try {
      lease.write(
          new LeaseFile.Lease(attempt, ProcessHandle.current().pid(), ErrorLog.ofThisProcess()));
    } catch (IOException e) {
      LOG.warn("no lease file for {}; a crash could not be proven", attempt.trial(), e);
    }
    try {
      Optional<Outcome> outcome = run.run(assignment, progress, cancelled);
      outcome.ifPresent(ended -> keep(new Letter.Ended(ended), attempt));
      return outcome;
    } catch (EngineLostError e) {
      LOG.error("the engine is lost in {}; this process ends", attempt.trial(), e);
      keep(new Letter.Crashed(attempt, String.valueOf(e.getMessage())), attempt);
      end.run();
      return Optional.empty();
    } finally {
      lease.delete();
    }
  }

  private void keep(Letter letter, Attempt attempt) {
    try {
      spool.keep(letter);
    } catch (IOException e) {
      LOG.warn("what became of {} is in memory only until it is sent", attempt.trial(), e);
    }
  }
}
