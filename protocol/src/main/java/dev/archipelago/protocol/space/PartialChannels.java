package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The edges and nodes of a relaxed cell of which only one in k channels goes through the operations
 * (PC-DARTS, Xu et al. 2020, arXiv:1907.05737v4, §3.2 and §3.3); with k = 1 they are DARTS's.
 *
 * <p>The first channels are chosen, not random ones, as in the authors' code; a shuffle after every
 * edge brings others to the front.
 *
 * @param share the paper's K, 1 to 16
 */
record PartialChannels(int share) {
  PartialChannels {
    Options.within("channelShare", share, 1, 16);
  }

  /**
   * Refuses a number of channels that the share does not divide.
   *
   * @throws IllegalArgumentException whose message starts with the key
   */
  void checkDivides(String key, int channels) {
    if (channels % share != 0) {
      throw new IllegalArgumentException(
          "%s must be a multiple of %d where one in %d channels goes through the operations, got %d"
              .formatted(key, share, share, channels));
    }
  }

  /** An edge: the choice of an operation, and past it what does not go through. */
  int edge(
      PlanBuilder plan, String place, int row, List<Candidate> candidates, int input, int stride) {
    if (share == 1) {
      return Candidate.choice(plan, place, row, candidates, input, stride);
    }
    int channels = plan.shape(input).channels();
    int part = channels / share;
    int first = plan.add(place + "first", new Layer.Channels(0, part), input);
    int rest = plan.add(place + "rest", new Layer.Channels(part, channels), input);
    int passed =
        stride == 1 ? rest : plan.add(place + "pool", new Layer.MaxPool(stride, stride), rest);
    int chosen = Candidate.choice(plan, place, row, candidates, first, stride);
    int present = plan.add(place + "present", new Layer.Present(), chosen);
    int joined = plan.add(place + "concat", new Layer.Concat(), present, passed);
    return plan.add(place + "shuffle", new Layer.Shuffle(share), joined);
  }

  /** A node: the sum of its edges, weighed by the edge normalisation where there is one. */
  int node(PlanBuilder plan, String place, int row, List<Integer> edges) {
    if (edges.size() == 1) {
      return edges.get(0);
    }
    if (share == 1) {
      return plan.add(place + "add", new Layer.Add(), edges);
    }
    List<Integer> options = IntStream.range(0, edges.size()).boxed().toList();
    return plan.add(place + "edges", new Layer.Choice(row, options), edges);
  }

  /** The rows of edge normalisations: none where all channels go through. */
  List<Row> nodeRows(List<String> places, List<Integer> edges) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; share > 1 && i < places.size(); i++) {
      if (edges.get(i) > 1) {
        List<String> options =
            IntStream.range(0, edges.get(i)).mapToObj(edge -> "from_" + edge).toList();
        rows.add(new Row(places.get(i) + "/edges", options));
      }
    }
    return rows;
  }
}
