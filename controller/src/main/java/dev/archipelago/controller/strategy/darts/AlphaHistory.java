package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Weights;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rounds of descent have learned, for whoever draws it: derived from the journal alone. */
public final class AlphaHistory {

  /**
   * A round that came to its end.
   *
   * @param trial its number, for people
   * @param weights SHA-256 of the blob that it left
   */
  public record Ended(int trial, Round round, RoundReport report, String weights) {}

  /**
   * A chain's state after a round. Parts of one merged round are a point each.
   *
   * @param chain from 0, in the order in which the chains began
   * @param round of its chain, from 0; rounds after a roll-back count on from what they went back
   *     to
   * @param probabilities softmax(alpha), row by row
   * @param derived the cell that they stand for
   * @param entropy mean of the edges', as a share of the largest: 1 is uniform
   * @param skips excess share of skip connections: 0 as many as by chance, 1 all
   * @param curvature NaN where it was not measured
   */
  public record Point(
      int trial,
      int chain,
      int round,
      Ragged probabilities,
      Architecture derived,
      double entropy,
      double skips,
      double curvature) {}

  /** Where in its chain a blob was left. */
  private record Place(int chain, int round) {}

  private AlphaHistory() {}

  /**
   * Tells chains by the blobs that their rounds hand on, so that it needs no strategy's state.
   *
   * @param rounds in the order of their proposals; those that train no alphas are passed over
   */
  public static List<Point> of(RelaxedSpace space, List<Ended> rounds) {
    Map<Weights, Integer> begun = new HashMap<>();
    Map<String, Place> left = new HashMap<>();
    Map<Integer, CellReader> readers = new HashMap<>(); // by share of channels
    List<Point> points = new ArrayList<>();
    for (Ended ended : rounds) {
      if (!(ended.round().work() instanceof Work.Bilevel)
          || !(ended.round().net() instanceof Round.Net.Relaxed net)
          || ended.report().alphas().isEmpty()) {
        continue;
      }
      Place place = place(ended.round().weights(), begun, left);
      left.put(ended.weights(), place);
      CellReader reader =
          readers.computeIfAbsent(net.channelShare(), share -> CellReader.of(space, share));
      points.add(point(ended, place, reader));
    }
    return List.copyOf(points);
  }

  private static Place place(
      Weights weights, Map<Weights, Integer> begun, Map<String, Place> left) {
    if (weights instanceof Weights.Stored stored) {
      for (String blob : stored.blobs()) {
        Place before = left.get(blob);
        if (before != null) {
          return new Place(before.chain(), before.round() + 1);
        }
      }
    }
    return new Place(begun.computeIfAbsent(weights, fresh -> begun.size()), 0);
  }

  private static Point point(Ended ended, Place place, CellReader reader) {
    Ragged alphas = ended.report().alphas().orElseThrow().values();
    Ragged probabilities = CellReader.probabilities(alphas);
    Architecture derived = reader.derive(alphas);
    return new Point(
        ended.trial(),
        place.chain(),
        place.round(),
        probabilities,
        derived,
        reader.entropy(probabilities),
        reader.skips(derived),
        ended.report().curvature());
  }
}
