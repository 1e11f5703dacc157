package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Supernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One path or several: what any of them takes comes through.
 *
 * @param mean whether several candidates come through as their mean, or as their sum
 */
record PathSelection(List<List<Integer>> paths, boolean mean) implements Selection {

  /** {@link Supernet#EVERY} candidate has weight 1. */
  static PathSelection one(List<Integer> path, List<Row> rows) {
    return new PathSelection(List.of(checked(path, rows)), false);
  }

  static PathSelection meanOf(List<List<Integer>> paths, List<Row> rows) {
    List<List<Integer>> checked = new ArrayList<>();
    paths.forEach(path -> checked.add(checked(path, rows)));
    return new PathSelection(checked, true);
  }

  private static List<Integer> checked(List<Integer> path, List<Row> rows) {
    boolean fits = path.size() == rows.size();
    for (int i = 0; fits && i < path.size(); i++) {
      int option = path.get(i);
      fits = option == Supernet.EVERY || (option >= 0 && option < rows.get(i).options().size());
    }
    if (!fits) {
      throw new IllegalArgumentException("no path through this supernet: " + path);
    }
    return path;
  }

  @Override
  public boolean takes(int row, int option) {
    for (List<Integer> path : paths) {
      int taken = path.get(row);
      if (taken == option || taken == Supernet.EVERY) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Operation> combine(int row, List<Integer> options) {
    if (options.size() == 1) {
      return Optional.empty();
    }
    return Optional.of(mean ? PathSelection::average : Operations::sum);
  }

  private static Tensor average(Tensor[] terms, Norms norms) {
    return Operations.sum(terms, norms).mul(new Scalar(1.0 / terms.length));
  }
}
