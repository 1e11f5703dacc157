package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CellFormTest {

  /** Of four nodes, many of them equal, by going through all orders. */
  @Test
  void isTheSmallestTextOfAllOrders() {
    SplitMix64 random = new SplitMix64(3);
    for (int i = 0; i < 500; i++) {
      List<Integer> genes = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        for (int half = 0; half < 2; half++) {
          genes.add(random.nextBoolean() ? 0 : random.nextInt(2 + node));
          genes.add(random.nextInt(2));
        }
      }
      String smallest =
          orders(List.of(), 4)
              .filter(order -> isPossible(genes, order))
              .map(order -> text(genes, order))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      assertThat(CellForm.of(genes)).as("%s", genes).isEqualTo(smallest);
    }
  }

  private static Stream<List<Integer>> orders(List<Integer> begun, int nodes) {
    return begun.size() == nodes
        ? Stream.of(begun)
        : IntStream.range(0, nodes)
            .boxed()
            .filter(node -> !begun.contains(node))
            .flatMap(
                node -> orders(Stream.concat(begun.stream(), Stream.of(node)).toList(), nodes));
  }

  private static boolean isPossible(List<Integer> genes, List<Integer> order) {
    return IntStream.range(0, genes.size() / 2)
        .filter(half -> genes.get(2 * half) >= 2)
        .allMatch(half -> order.indexOf(genes.get(2 * half) - 2) < order.indexOf(half / 2));
  }

  private static String text(List<Integer> genes, List<Integer> order) {
    StringBuilder text = new StringBuilder();
    for (int node : order) {
      List<String> halves = new ArrayList<>();
      for (int gene = 4 * node; gene < 4 * node + 4; gene += 2) {
        int source = genes.get(gene);
        halves.add(
            (source < 2 ? source : 2 + order.indexOf(source - 2)) + ":" + genes.get(gene + 1));
      }
      Collections.sort(halves);
      text.append("[" + String.join("+", halves) + "]");
    }
    return text.toString();
  }

  /** In every order they would not be done in the age of the universe. */
  @Test
  void thirtyEqualNodesThatNobodyReadsAreAsSoonDoneAsOne() {
    List<Integer> genes =
        Collections.nCopies(30, List.of(1, 5, 0, 2)).stream().flatMap(List::stream).toList();
    assertThat(CellForm.of(genes)).isEqualTo("[0:2+1:5]".repeat(30));
  }

  /**
   * One of seven equal nodes is read: whichever it is, it comes first, so that its reader is
   * smallest.
   */
  @Test
  void ofEqualNodesTheOneThatIsReadIsTold() {
    List<String> forms =
        IntStream.range(0, 7)
            .mapToObj(
                read ->
                    Stream.concat(
                            Collections.nCopies(7, List.of(0, 0, 0, 0)).stream(),
                            Stream.of(List.of(2 + read, 0, 0, 1)))
                        .flatMap(List::stream)
                        .toList())
            .map(CellForm::of)
            .distinct()
            .toList();
    assertThat(forms).containsExactly("[0:0+0:0]".repeat(7) + "[0:1+2:0]");
  }
}
