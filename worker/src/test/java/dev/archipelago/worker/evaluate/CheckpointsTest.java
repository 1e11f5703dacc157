package dev.archipelago.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.trial.Start;
import dev.archipelago.worker.engine.SoftmaxRegression;
import dev.archipelago.worker.weights.WeightStore;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private static final Start.Continuation FROM = new Start.Continuation("ab".repeat(32), 3);

  private final SoftmaxRegression network = new SoftmaxRegression(4, 2);

  /** A store of one blob, in a process that may be short of memory. */
  private static final class Shelf implements WeightStore {
    private byte[] blob = new byte[0];
    private Trouble trouble = Trouble.NONE;

    enum Trouble {
      NONE,
      DISK,
      SIZE,
      MEMORY
    }

    @Override
    public String put(byte[] given) throws IOException {
      switch (trouble) {
        case DISK -> throw new IOException("full");
        case SIZE -> throw new ArithmeticException("integer overflow");
        case MEMORY -> throw new OutOfMemoryError("Java heap space");
        case NONE -> blob = given;
      }
      return FROM.checkpoint();
    }

    @Override
    public Optional<byte[]> get(String sha256) {
      if (trouble == Trouble.MEMORY) {
        throw new OutOfMemoryError("Required array size too large");
      }
      return trouble == Trouble.NONE ? Optional.of(blob) : Optional.empty();
    }

    @Override
    public void remove(String sha256) {
      blob = new byte[0];
    }
  }

  @Test
  void takesUpWhatItKept() {
    Shelf shelf = new Shelf();
    assertThat(new Checkpoints(shelf).keep(network)).contains(FROM.checkpoint());
    assertThat(new Checkpoints(shelf).restore(network, FROM)).isEqualTo(3);
    assertThat(new Checkpoints(shelf).restore(new SoftmaxRegression(5, 2), FROM)).isZero();
  }

  @Test
  void failsNoTrial() {
    for (Shelf.Trouble trouble : Shelf.Trouble.values()) {
      if (trouble != Shelf.Trouble.NONE) {
        Shelf shelf = new Shelf();
        shelf.trouble = trouble;
        assertThat(new Checkpoints(shelf).keep(network)).as("%s", trouble).isEmpty();
        assertThat(new Checkpoints(shelf).restore(network, FROM)).as("%s", trouble).isZero();
      }
    }
  }
}
