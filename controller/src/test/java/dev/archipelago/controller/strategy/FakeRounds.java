package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Weights;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Does rounds as workers would, on made-up weights: a blob is nothing but how long it was trained.
 * Weights that were never stored, or were released, fail the test that asks for them.
 */
public final class FakeRounds {

  /** Steps after which a path has half of the accuracy that it can have. */
  private static final double HALF_WAY = 50;

  private final ToDoubleFunction<List<Integer>> quality;
  private final Map<String, Long> stored = new HashMap<>(); // steps of training, by digest

  /**
   * @param quality of a path, once its weights are trained; in [0, 1]
   */
  public FakeRounds(ToDoubleFunction<List<Integer>> quality) {
    this.quality = quality;
  }

  /** A round that comes to its end. */
  public Told answer(int proposal, Ask.Share share) {
    Round round = share.round();
    long trained = trained(round.weights());
    String left = kept(round.weights());
    List<Score> scores = List.of();
    if (round.work() instanceof Work.TrainPaths train) {
      trained += train.paths().size();
      left = digest(round.weights() + " " + train);
    } else if (round.work() instanceof Work.ScorePaths score) {
      double learned = trained / (trained + HALF_WAY);
      scores =
          score.paths().stream().map(path -> score(learned * quality.applyAsDouble(path))).toList();
    } else if (round.work() instanceof Work.Bilevel bilevel) {
      trained += bilevel.steps();
      left = digest(round.weights() + " " + proposal + " " + bilevel);
      return bilevel(proposal, share, bilevel, left, trained);
    }
    stored.put(left, trained);
    release(round);
    RoundReport report =
        new RoundReport(Optional.empty(), scores, Double.NaN, Double.NaN, Double.NaN);
    return new Told(
        proposal,
        share.shown(),
        OptionalDouble.empty(),
        Optional.of(new Told.RoundResult(report, left, Optional.empty())));
  }

  /**
   * The alphas of every row go towards the option that all edges would like best, by half of the
   * way that Adam could carry them, with noise. The mixture is as good as it was trained.
   */
  private Told bilevel(
      int proposal, Ask.Share share, Work.Bilevel work, String left, long trained) {
    stored.put(left, trained);
    release(share.round());
    SplitMix64 random = SplitMix64.of(proposal, left.hashCode());
    double reach = work.rule().learningRate() * work.steps();
    List<List<Double>> moved = new ArrayList<>();
    for (List<Double> row : work.alphas().values().rows()) {
      List<Double> next = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        double pull = quality.applyAsDouble(List.of(i)) - 0.5;
        next.add(row.get(i) + reach * (0.5 * pull + 0.2 * (random.nextDouble() - 0.5)));
      }
      moved.add(next);
    }
    Ragged values = new Ragged(moved);
    Alphas alphas =
        new Alphas(
            values,
            values.map(x -> x / 2),
            values.map(x -> x * x),
            work.alphas().updates() + (reach > 0 ? work.steps() : 0));
    RoundReport report =
        new RoundReport(
            Optional.of(alphas),
            List.of(),
            1,
            1,
            work.curvature() > 0 ? 1 + 0.1 * random.nextDouble() : Double.NaN);
    return new Told(
        proposal,
        share.shown(),
        OptionalDouble.empty(),
        Optional.of(
            new Told.RoundResult(
                report, left, Optional.of(score(trained / (trained + HALF_WAY))))));
  }

  /** A round that does not: its weights were there all the same, and nothing is removed. */
  public Told fail(int proposal, Ask.Share share) {
    trained(share.round().weights());
    assertThat(stored.keySet()).containsAll(share.round().released());
    return new Told(proposal, share.shown(), OptionalDouble.empty());
  }

  /** How many blobs lie in the store. */
  public int blobs() {
    return stored.size();
  }

  private void release(Round round) {
    assertThat(stored.keySet()).containsAll(round.released());
    round.released().forEach(stored::remove);
  }

  private long trained(Weights weights) {
    if (weights instanceof Weights.Stored some) {
      assertThat(stored.keySet()).as("weights that a round begins with").containsAll(some.blobs());
      return some.blobs().stream().mapToLong(blob -> stored.getOrDefault(blob, 0L)).sum();
    }
    return 0;
  }

  /** One blob is passed on as it is, several are merged to one. */
  private static String kept(Weights weights) {
    return weights instanceof Weights.Stored some && some.blobs().size() == 1
        ? some.blobs().get(0)
        : digest(weights.toString());
  }

  private static Score score(double accuracy) {
    return new Score(accuracy, 1 - accuracy, 100);
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
