package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Descent;
import dev.archipelago.protocol.trial.Round.Relaxation;
import dev.archipelago.protocol.trial.Round.Scoring;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Evaluator;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route;
import dev.archipelago.worker.engine.SharedNetwork;
import dev.archipelago.worker.engine.SharedNetwork.AlphaGradient;
import dev.archipelago.worker.engine.SharedNetwork.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a round does with a supernet's weights once it has them. */
final class SharedWork {

  /** Keys of the generators that are derived from a round's seed. */
  private static final long TRAINING = 1;

  private static final long ARCHITECTURE = 2;
  private static final long NOISE = 3;
  private static final long CALIBRATION = 4;
  private static final long POWER = 5;

  private final Job job;
  private final Examples examples;
  private final SharedNetwork network;
  private final int batchSize;
  private final long seed;

  SharedWork(Job job, Examples examples, SharedNetwork network) {
    this.job = job;
    this.examples = examples;
    this.network = network;
    this.batchSize = job.assignment().training().batchSize();
    this.seed = job.assignment().seed();
  }

  /** Adds what was found, but for the blob. */
  void run(Work work, Findings findings) {
    if (work instanceof Work.TrainPaths training) {
      findings.round(train(training));
    } else if (work instanceof Work.ScorePaths scoring) {
      findings.round(score(scoring));
    } else {
      bilevel((Work.Bilevel) work, findings);
    }
  }

  private RoundReport train(Work.TrainPaths work) {
    EndlessBatches batches =
        new EndlessBatches(examples.training(), batchSize, SplitMix64.derive(seed, TRAINING));
    double loss = 0;
    int step = 0;
    for (List<Integer> path : work.paths()) {
      job.stopIfCancelled();
      loss += step(batches.next(), new Route.Path(path), work.descent(), step);
      step++;
      job.reports().shared("training", step, loss / step);
    }
    return new RoundReport(Optional.empty(), List.of(), loss / step, Double.NaN, Double.NaN);
  }

  private RoundReport score(Work.ScorePaths work) {
    List<Score> scores = new ArrayList<>();
    for (List<Integer> path : work.paths()) {
      job.stopIfCancelled();
      scores.add(score(new Route.Path(path), work.scoring()));
      job.reports().shared("scoring", scores.size(), Double.NaN);
    }
    return new RoundReport(Optional.empty(), scores, Double.NaN, Double.NaN, Double.NaN);
  }

  private Score score(Route route, Scoring scoring) {
    Statistics statistics = Statistics.BATCH;
    if (scoring.recalibration() > 0) {
      statistics = Statistics.RUNNING;
      BatchSource training = examples.training();
      // The same images for every path of every round: their scores are compared.
      training.begin(SplitMix64.of(job.assignment().split().seed(), CALIBRATION));
      network.recalibrate(training, scoring.recalibration(), batchSize, route);
    }
    Statistics used = statistics;
    BatchSource source = examples.heldOut(scoring.first(), scoring.batches(), batchSize);
    return Evaluator.score(
        (batch, logits) -> network.infer(batch, route, used, logits), source, batchSize);
  }

  /** DARTS, Algorithm 1. */
  private void bilevel(Work.Bilevel work, Findings findings) {
    List<BatchSource> halves = examples.halves();
    EndlessBatches training =
        new EndlessBatches(halves.get(0), batchSize, SplitMix64.derive(seed, TRAINING));
    EndlessBatches architecture =
        new EndlessBatches(halves.get(1), batchSize, SplitMix64.derive(seed, ARCHITECTURE));
    boolean moves = work.rule().learningRate() > 0;
    Alphas alphas = work.alphas();
    double weightLoss = 0;
    double alphaLoss = 0;
    for (int step = 0; step < work.steps(); step++) {
      job.stopIfCancelled();
      Batch batch = training.next();
      if (moves) {
        Route.Mixture mixture = mixture(alphas.values(), work.relaxation(), 2L * step);
        AlphaGradient found =
            network.gradient(
                batch, architecture.next(), mixture, work.order(), sgd(work.descent(), step));
        checkFinite(found.lossNats(), step);
        alphas = AlphaStep.after(alphas, found.gradient(), work.rule());
        alphaLoss += found.lossNats();
      }
      Route route = mixture(alphas.values(), work.relaxation(), 2L * step + 1);
      weightLoss += step(batch, route, work.descent(), step);
      job.reports().shared("training", step + 1, weightLoss / (step + 1));
    }
    job.stopIfCancelled();
    job.reports().preparing("measuring");
    findings.validation(score(settled(alphas.values(), work.relaxation()), work.scoring()));
    findings.round(
        new RoundReport(
            Optional.of(alphas),
            List.of(),
            weightLoss / work.steps(),
            moves ? alphaLoss / work.steps() : Double.NaN,
            curvature(alphas.values(), work)));
  }

  private double step(Batch batch, Route route, Descent descent, int step) {
    double loss = network.step(batch, route, sgd(descent, step));
    checkFinite(loss, step);
    return loss;
  }

  private static void checkFinite(double lossNats, int step) {
    if (!Double.isFinite(lossNats)) {
      throw new EngineException(
          new TrialFailure(
              Category.DIVERGED,
              false,
              "the shared weights' loss became %s at step %d of the round; a smaller learning rate may help"
                  .formatted(lossNats, step + 1)));
    }
  }

  private static Sgd sgd(Descent descent, int step) {
    return new Sgd(
        descent.rate(step), descent.momentum(), descent.weightDecay(), descent.gradientClip());
  }

  private Route.Mixture mixture(Ragged alphas, Relaxation relaxation, long draw) {
    boolean gumbel = relaxation instanceof Relaxation.Gumbel;
    Optional<Ragged> noise = gumbel ? Optional.of(noise(alphas, draw)) : Optional.empty();
    return new Route.Mixture(alphas, relaxation.temperature(), noise, gumbel);
  }

  /** What the alphas stand for once nothing is drawn: the mixture, or its strongest operations. */
  private static Route.Mixture settled(Ragged alphas, Relaxation relaxation) {
    return new Route.Mixture(
        alphas,
        relaxation.temperature(),
        Optional.empty(),
        relaxation instanceof Relaxation.Gumbel);
  }

  /** Gumbel's, -log(-log(u)) (GDAS, arXiv:1910.04465, Eq. 3). */
  private Ragged noise(Ragged alphas, long draw) {
    SplitMix64 random = SplitMix64.of(seed, NOISE, draw);
    return alphas.map(
        alpha ->
            -StrictMath.log(-StrictMath.log(Math.max(random.nextDouble(), Double.MIN_NORMAL))));
  }

  /** The power method; of the soft mixture, whatever is drawn in training. */
  private double curvature(Ragged alphas, Work.Bilevel work) {
    if (work.curvature() == 0) {
      return Double.NaN;
    }
    Route.Mixture mixture =
        new Route.Mixture(alphas, work.relaxation().temperature(), Optional.empty(), false);
    BatchSource source = examples.heldOut(work.scoring().first(), 1, batchSize);
    Batch batch =
        new Batch(
            Math.min(batchSize, source.size()), Math.toIntExact(source.task().input().elements()));
    source.begin(new SplitMix64(0));
    source.next(batch);
    SplitMix64 random = SplitMix64.of(seed, POWER);
    Ragged direction = unit(alphas.map(alpha -> 2 * random.nextDouble() - 1));
    double eigenvalue = 0;
    for (int i = 0; i < work.curvature(); i++) {
      job.stopIfCancelled();
      Ragged product = network.hessianProduct(batch, mixture, direction);
      eigenvalue = sum(direction.with(product, (a, b) -> a * b));
      if (sum(product.map(x -> x * x)) == 0) {
        return 0;
      }
      direction = unit(product);
    }
    return eigenvalue;
  }

  private static Ragged unit(Ragged vector) {
    double norm = StrictMath.sqrt(sum(vector.map(x -> x * x)));
    return vector.map(x -> x / norm);
  }

  private static double sum(Ragged numbers) {
    return numbers.rows().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).sum();
  }
}
