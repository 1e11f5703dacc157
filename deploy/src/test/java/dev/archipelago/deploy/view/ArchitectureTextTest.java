package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTextTest {
  @Test
  void aChainLayerByLayer() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("layer_0/kernel_height", "3");
    labels.put("layer_0/kernel_width", "5");
    labels.put("layer_0/stride", "1");
    labels.put("layer_0/filters", "16");
    labels.put("layer_2/kernel_height", "3");
    labels.put("layer_2/kernel_width", "3");
    labels.put("layer_2/stride", "2");
    labels.put("layer_2/filters", "32");
    labels.put("layer_2/skip_0", "yes");
    labels.put("layer_2/skip_1", "no");

    assertThat(ArchitectureText.places(labels))
        .containsExactly(
            Map.entry("layer 0", "3x5, 16 filters"),
            Map.entry("layer 2", "3x3, stride 2, 32 filters, reads also 0"));
  }

  @Test
  void readsWhatTheSpacesWrite() {
    SearchSpace chain = new ChainSpace(3, List.of(3), List.of(1), List.of(8), true);
    SearchSpace cell = new CellSpace(2, List.of(Operation.CONV_3X3), 2, 1, 8);

    assertThat(places(chain)).hasSize(3).containsKey("layer 2");
    assertThat(places(chain).get("layer 1")).isEqualTo("3x3, 8 filters");
    assertThat(places(cell)).hasSize(4);
    assertThat(places(cell).get("reduction node 0"))
        .matches("conv_3x3\\((previous|last)_cell\\) \\+ conv_3x3\\((previous|last)_cell\\)");
  }

  @Test
  void anotherSpacesDecisionsAsTheyAre() {
    assertThat(ArchitectureText.places(Map.of("depth", "4"))).containsEntry("", "depth 4");
  }

  private static Map<String, String> places(SearchSpace space) {
    return ArchitectureText.places(space.describe(space.sample(new SplitMix64(1))));
  }
}
