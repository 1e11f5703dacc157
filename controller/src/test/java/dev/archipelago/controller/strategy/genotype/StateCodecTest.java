package dev.archipelago.controller.strategy.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.protocol.space.Architecture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCodecTest {
  private static final EdgeSpace SPACE = new EdgeSpace();
  private static final Architecture CELL =
      new Architecture(SPACE.kind(), List.of(0, 1, 2, 3, 4, 0));
  private static final byte[] STATE = StateCodec.encode(3, out -> StateCodec.write(out, CELL));

  private static Architecture decode(byte[] state) {
    return StateCodec.decode(3, state, in -> StateCodec.read(in, SPACE, 6));
  }

  @Test
  void readsWhatItWrote() {
    assertThat(decode(STATE)).isEqualTo(CELL);
    assertThat(STATE).hasSize(1 + 6 * Integer.BYTES).startsWith(3);
  }

  @Test
  void refusesBytesThatAreNotAState() {
    refuses("a state of format 9, not 3", with(0, (byte) 9));
    refuses("a strategy's state is cut short", Arrays.copyOf(STATE, STATE.length - 1));
    refuses("a strategy's state is cut short", new byte[0]);
    refuses("1 bytes too many in a strategy's state", Arrays.copyOf(STATE, STATE.length + 1));
    assertThatThrownBy(() -> decode(with(4, (byte) 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 5 options, not a value 5");
  }

  private static byte[] with(int at, byte value) {
    byte[] changed = STATE.clone();
    changed[at] = value;
    return changed;
  }

  private static void refuses(String message, byte[] state) {
    assertThatThrownBy(() -> decode(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
