package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.engine.Trainer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lets a new phase through at once, and steps of the training at most four times a second. */
public final class ProgressReports implements Trainer.Listener {
  private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private final Attempt attempt;
  private final int epochs;
  private final Consumer<Progress> receiver;
  private final LongSupplier nanoClock;
  private long last;

  /**
   * @param epochs at whose end the attempt ends
   */
  public ProgressReports(
      Attempt attempt, int epochs, Consumer<Progress> receiver, LongSupplier nanoClock) {
    this.attempt = attempt;
    this.epochs = epochs;
    this.receiver = receiver;
    this.nanoClock = nanoClock;
  }

  /** Before the training. */
  void preparing(String phase) {
    report(new Progress(attempt, phase, 0, epochs, 0, Double.NaN));
  }

  /** A step of a round on shared weights, of as many as the round has. */
  void shared(String phase, int step, double lossNats) {
    if (step == 1 || nanoClock.getAsLong() - last >= INTERVAL_NANOS) {
      report(new Progress(attempt, phase, step, epochs, 0, lossNats));
    }
  }

  /** A point of the curve that a program of the user's has reached. */
  void reached(Epoch point) {
    report(new Progress(attempt, "training", point.number(), epochs, 0, point.trainLossNats()));
  }

  /** After the training. */
  void finishing(String phase, Trainer.Trained trained) {
    double lossNats = trained.curve().get(trained.curve().size() - 1).trainLossNats();
    report(new Progress(attempt, phase, epochs, epochs, trained.imagesPerSecond(), lossNats));
  }

  @Override
  public void onProgress(Trainer.Progress step) {
    if (nanoClock.getAsLong() - last >= INTERVAL_NANOS) {
      report(
          new Progress(
              attempt, "training", step.epoch(), epochs, step.imagesPerSecond(), step.lossNats()));
    }
  }

  private void report(Progress progress) {
    last = nanoClock.getAsLong();
    receiver.accept(progress);
  }
}
