package dev.archipelago.controller.schedule;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link StateWriter} wrote. Every method throws {@link IllegalArgumentException} where
 * the bytes are not such a state.
 */
public final class StateReader {
  private final ByteBuffer state;

  /**
   * @param format as it was written
   */
  public StateReader(char format, byte[] state) {
    this.state = ByteBuffer.wrap(state);
    if (state.length == 0 || this.state.get() != format) {
      throw new IllegalArgumentException("a scheduler's state of another format");
    }
  }

  /** A number within these bounds. */
  public int whole(int least, int most) {
    try {
      int number = state.getInt();
      if (number < least || number > most) {
        throw new IllegalArgumentException(
            "a scheduler's state has %d where %d to %d belong".formatted(number, least, most));
      }
      return number;
    } catch (BufferUnderflowException e) {
      throw cut(e);
    }
  }

  public Standings standings() {
    int size = whole(0, state.remaining() / (Integer.BYTES + Double.BYTES));
    List<Standing> ranked = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int configuration = whole(0, Integer.MAX_VALUE);
      ranked.add(new Standing(configuration, reward()));
    }
    return Standings.of(ranked);
  }

  private double reward() {
    try {
      double reward = state.getDouble();
      if (!Double.isFinite(reward)) {
        throw new IllegalArgumentException("a scheduler's state has a reward of " + reward);
      }
      return reward;
    } catch (BufferUnderflowException e) {
      throw cut(e);
    }
  }

  /** Nothing may be left. */
  public void end() {
    if (state.hasRemaining()) {
      throw new IllegalArgumentException(
          state.remaining() + " bytes too many in a scheduler's state");
    }
  }

  private static IllegalArgumentException cut(BufferUnderflowException cause) {
    return new IllegalArgumentException("a scheduler's state is cut short", cause);
  }
}
