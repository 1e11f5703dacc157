package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
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

  LeasedRun(TrialRun run, LeaseFile lease, Spool spool) {
    this.run = run;
    this.lease = lease;
    this.spool = spool;
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
      outcome.ifPresent(this::keep);
      return outcome;
    } finally {
      lease.delete();
    }
  }

  private void keep(Outcome outcome) {
    try {
      spool.keep(new Letter.Ended(outcome));
    } catch (IOException e) {
      LOG.warn("the outcome of {} is in memory only until it is sent", outcome.trial(), e);
    }
  }
}
