package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import java.util.List;
import java.util.Optional;

/**
 * What a search is compared with.
 *
 * @param random whether a random search runs beside it, and what the two have in equal parts
 * @param references published networks, trained and tested as a winner is
 */
public record Baselines(Optional<Match> random, List<ReferenceNetwork> references) {
  public static final Baselines NONE = new Baselines(Optional.empty(), List.of());

  public Baselines {
    references = List.copyOf(references);
  }

  /** What the strategy and its random baseline get the same of. */
  public enum Match {
    /** Seconds of workers' time; what a trial takes is measured, so no two runs are quite alike. */
    DEVICE_SECONDS("device-seconds", 10),
    /** Architectures: reproducible, and fair where all cost about the same. */
    TRIALS("trials", 1);

    private final String label;
    private final int times;

    Match(String label, int times) {
      this.label = label;
      this.times = times;
    }

    /** The word in a spec. */
    public String label() {
      return label;
    }

    /**
     * The configurations that the baseline begins at most, however cheap they are or however many
     * of them fail.
     *
     * @param trials that the search has
     */
    public int most(int trials) {
      return Math.multiplyExact(times, trials);
    }
  }

  /** What a reference network of {@link #space} is called. */
  public String name(Architecture reference) {
    return references.get(reference.value(0)).label();
  }

  /** The reference networks as a space: decision 0 has their names. */
  public ReferenceSpace space() {
    return new ReferenceSpace(references);
  }
}
