package dev.archipelago.bench;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain's alphas and curvature from round to round, made up: a healthy one wanders towards some
 * operations or others, its curvature rising and settling; a collapsing one is healthy until skip
 * connections begin to gain on most edges, which they have taken at the end, while the curvature
 * grows.
 */
final class PlantedCourse {

  private PlantedCourse() {}

  /**
   * @param planted whether it collapses
   */
  static Course of(RelaxedSpace space, boolean planted, long seed) {
    SplitMix64 random = SplitMix64.of(seed, planted ? 1 : 0);
    int rounds = 12 + random.nextInt(39);
    int onset = (int) (rounds * between(random, 0.2, 0.6));
    double noise = between(random, 0.02, 0.06); // of an alpha in a round
    double drift = between(random, 0.02, 0.08); // of an edge's favourite in a round
    double ahead = between(random, 0.3, 1.5); // of any other operation are skips at the end
    double pull = (drift * rounds + ahead) / (rounds - onset); // of skips in a round
    double share = between(random, 0.8, 1); // of the edges that collapse
    double level = Math.pow(10, between(random, -2, 1));
    double spread = between(random, 0.1, 0.4); // of an eigenvalue's logarithm
    double growth = between(random, 1.08, 1.3); // a round, once it collapses
    List<Row> rows = space.relaxedRows(1);
    Ragged values = Ragged.filled(rows, 0);
    List<Integer> favourites = new ArrayList<>();
    List<Boolean> falls = new ArrayList<>();
    for (List<Double> row : values.rows()) {
      favourites.add(random.nextInt(row.size()));
      falls.add(random.nextDouble() < share);
    }
    List<Ragged> probabilities = new ArrayList<>();
    List<Double> curvatures = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      boolean collapsing = planted && round >= onset;
      List<List<Double>> next = new ArrayList<>();
      for (int row = 0; row < values.size(); row++) {
        List<Double> moved = new ArrayList<>();
        for (int i = 0; i < values.row(row).size(); i++) {
          boolean skip = rows.get(row).options().get(i).equals("skip_connect");
          double gain = favourites.get(row) == i ? drift : 0;
          gain += collapsing && skip && falls.get(row) ? pull : 0;
          moved.add(values.get(row, i) + gain + noise * normal(random));
        }
        next.add(moved);
      }
      values = new Ragged(next);
      probabilities.add(values.softmax(1));
      double rising = 1 - 0.5 * StrictMath.exp(-round / 3.0);
      double sharpened = collapsing ? StrictMath.pow(growth, round - onset + 1) : 1;
      curvatures.add(level * rising * sharpened * StrictMath.exp(spread * normal(random)));
    }
    return new Course(planted ? "planted" : "healthy", probabilities, curvatures);
  }

  private static double between(SplitMix64 random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Box and Muller 1958. */
  private static double normal(SplitMix64 random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
