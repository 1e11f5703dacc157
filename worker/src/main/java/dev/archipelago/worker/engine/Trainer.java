package dev.archipelago.worker.engine;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Trains a network as a {@link Training} says, on any engine.
 *
 * <p>Where the last images of a pass do not fill a batch they are left out, since a short batch
 * would weigh its images more and upset the batch norms; the next pass shuffles others to the end.
 * Only a set smaller than one batch is trained on as it is.
 */
public final class Trainer {

  /** Keys of the generators that are derived from a training's seed. */
  private static final long PASSES = 1;

  private final Network network;
  private final BatchSource examples;
  private final Optional<BatchSource> validation;
  private final Training training;
  private final long seed;

  /**
   * @param validation evaluated after every epoch, for the learning curve; empty for none
   * @param seed of order and augmentation; epoch n of equal seeds sees equal batches
   */
  public Trainer(
      Network network,
      BatchSource examples,
      Optional<BatchSource> validation,
      Training training,
      long seed) {
    this.network = network;
    this.examples = examples;
    this.validation = validation;
    this.training = training;
    this.seed = seed;
  }

  /**
   * Where a training is.
   *
   * @param epoch from 1
   * @param step from 1, over all epochs
   * @param lossNats the last batch's
   * @param imagesPerSecond since training began, evaluation left out
   */
  public record Progress(
      int epoch, int epochs, long step, long steps, double lossNats, double imagesPerSecond) {}

  /** Told after every step, on the training thread: it must be quick. */
  @FunctionalInterface
  public interface Listener {
    void onProgress(Progress progress);
  }

  /**
   * A finished training.
   *
   * @param seconds training alone, evaluation left out
   */
  public record Trained(List<Epoch> curve, double seconds, double imagesPerSecond) {
    public Trained {
      curve = List.copyOf(curve);
    }

    /** This, and what followed on it. */
    public Trained then(Trained next) {
      List<Epoch> both = new ArrayList<>(curve);
      both.addAll(next.curve);
      double images = imagesPerSecond * seconds + next.imagesPerSecond * next.seconds;
      return new Trained(both, seconds + next.seconds, images / (seconds + next.seconds));
    }
  }

  /**
   * Trains to the end.
   *
   * @param cancelled asked before every step
   * @throws EngineException DIVERGED when a loss is NaN or infinite; what the engine throws
   * @throws CancellationException when {@code cancelled} says so
   */
  public Trained train(Listener listener, BooleanSupplier cancelled) {
    return train(0, training.epochs(), listener, cancelled);
  }

  /**
   * Trains a part. Whoever trains to one epoch, carries the network's checkpoint elsewhere and goes
   * on from there gets the curve and the weights of one who never stopped: the learning rate falls
   * over all the training's epochs, and an epoch's batches depend on its number alone.
   *
   * @param trained epochs that the network has been trained already, from 0
   * @param until the last epoch's number, from {@code trained + 1} to the training's
   * @param cancelled as above
   * @return with the curve of the new epochs
   * @throws IllegalArgumentException if there is no such part
   */
  public Trained train(int trained, int until, Listener listener, BooleanSupplier cancelled) {
    if (trained < 0 || until <= trained || until > training.epochs()) {
      throw new IllegalArgumentException(
          "no training from %d to %d of %d epochs".formatted(trained, until, training.epochs()));
    }
    int stepsPerEpoch = Math.max(1, examples.size() / training.batchSize());
    long steps = (long) stepsPerEpoch * training.epochs();
    Batch batch = new Batch(training.batchSize(), elements());
    List<Epoch> curve = new ArrayList<>();
    long step = (long) stepsPerEpoch * trained;
    long images = 0;
    double seconds = 0;
    for (int epoch = trained + 1; epoch <= until; epoch++) {
      long start = System.nanoTime();
      double epochSeconds = 0;
      double loss = 0;
      examples.begin(SplitMix64.of(seed, PASSES, epoch));
      for (int i = 0; i < stepsPerEpoch && examples.next(batch); i++) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("training was cancelled in epoch " + epoch);
        }
        double batchLoss = network.step(batch, sgd(step, steps));
        step++;
        if (!Double.isFinite(batchLoss)) {
          throw diverged(batchLoss, "step " + step + " of " + steps);
        }
        loss += batchLoss;
        images += batch.size();
        epochSeconds = (System.nanoTime() - start) * 1e-9;
        listener.onProgress(
            new Progress(
                epoch,
                training.epochs(),
                step,
                steps,
                batchLoss,
                images / (seconds + epochSeconds)));
      }
      seconds += epochSeconds;
      curve.add(new Epoch(epoch, loss / stepsPerEpoch, validate(epoch), epochSeconds));
    }
    return new Trained(curve, seconds, images / seconds);
  }

  private Optional<Score> validate(int epoch) {
    Optional<Score> score =
        validation.map(source -> Evaluator.score(network::infer, source, training.batchSize()));
    if (score.isPresent() && !Double.isFinite(score.get().lossNats())) {
      throw diverged(score.get().lossNats(), "validation after epoch " + epoch);
    }
    return score;
  }

  /** The step's constants; the learning rate is a cosine's half wave from the top to 0. */
  private Network.Sgd sgd(long step, long steps) {
    double fall = (1 + StrictMath.cos(StrictMath.PI * step / steps)) / 2;
    return new Network.Sgd(
        training.learningRate() * fall,
        training.momentum(),
        training.weightDecay(),
        training.gradientClip());
  }

  private EngineException diverged(double loss, String place) {
    return new EngineException(
        new TrialFailure(
            TrialFailure.Category.DIVERGED,
            false,
            "the loss became %s at %s; a smaller learning rate than %s or gradient clipping may help"
                .formatted(loss, place, training.learningRate())));
  }

  private int elements() {
    return Math.toIntExact(examples.task().input().elements());
  }
}
