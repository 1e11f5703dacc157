package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.protocol.space.NasBench201Space;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LookupBenchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsACellAsAStatusDocumentHasIt() throws IOException {
    String document =
        """
        {"node_1/from_0": "avg_pool_3x3", "node_2/from_0": "none",
         "node_2/from_1": "nor_conv_3x3", "node_3/from_0": "nor_conv_1x1",
         "node_3/from_1": "skip_connect", "node_3/from_2": "nor_conv_3x3"}
        """;
    assertThat(NasBench201Space.toText(LookupBench.cell(JSON.readTree(document))))
        .isEqualTo(
            "|avg_pool_3x3~0|+|none~0|nor_conv_3x3~1|+|nor_conv_1x1~0|skip_connect~1|nor_conv_3x3~2|");
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> LookupBench.cell(JSON.readTree("{\"node_1/from_0\": \"none\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no cell");
  }
}
