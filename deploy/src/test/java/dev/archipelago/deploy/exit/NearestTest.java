package dev.archipelago.deploy.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeant() {
    assertThat(Nearest.of("quikstart.yaml", List.of("cell.yaml", "quickstart.yaml")))
        .containsExactly("quickstart.yaml");
    assertThat(Nearest.of("TORHC", List.of("torch"))).containsExactly("torch");
  }

  @Test
  void aBeginningIsNear() {
    assertThat(Nearest.of("quick", List.of("quickstart.yaml"))).containsExactly("quickstart.yaml");
  }

  @Test
  void saysNothingWhereNothingIsNear() {
    assertThat(Nearest.hint("zzz", List.of("torch", "dl4j"))).isEmpty();
    assertThat(Nearest.hint("torhc", List.of("torch"))).isEqualTo("; did you mean torch?");
  }
}
