package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Walks through whole spaces; for small ones. */
final class Architectures {
  private Architectures() {}

  static List<Architecture> all(SearchSpace space) {
    List<Architecture> all = new ArrayList<>();
    visit(space.decisions(), new ArrayList<>(), values -> all.add(of(space, values)));
    return all;
  }

  static Architecture of(SearchSpace space, List<Integer> values) {
    return new Architecture(space.kind(), values);
  }

  private static void visit(
      List<Decision> decisions, List<Integer> values, Consumer<List<Integer>> found) {
    if (values.size() == decisions.size()) {
      found.accept(Collections.unmodifiableList(values));
      return;
    }
    for (int value = 0; value < decisions.get(values.size()).cardinality(); value++) {
      values.add(value);
      visit(decisions, values, found);
      values.remove(values.size() - 1);
    }
  }
}
