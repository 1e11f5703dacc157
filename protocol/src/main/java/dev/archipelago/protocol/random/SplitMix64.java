package dev.archipelago.protocol.random;

/**
 * The generator behind every random choice of a search (Steele, Lea, Flood 2014, "Fast splittable
 * pseudorandom number generators").
 *
 * <p>It is written out here, and not taken from the JDK, because a journal must replay to the same
 * bits on any Java version. Not thread-safe; make one per decision with {@link #of}.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** A generator whose stream depends on the seed and on every one of the keys, in their order. */
  public static SplitMix64 of(long seed, long... keys) {
    return new SplitMix64(derive(seed, keys));
  }

  /** A new seed from a seed and keys: for a trial's training, a data split, a bootstrap. */
  public static long derive(long seed, long... keys) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    for (long key : keys) {
      mixed = mix((mixed ^ key) + GOLDEN_GAMMA);
    }
    return mixed;
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [0, bound), without modulo bias; {@code bound} must be positive. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, got " + bound);
    }
    long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
    long bits;
    do {
      bits = nextLong() >>> 1;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Shuffles in place (Fisher-Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /**
   * Different numbers of [0, pool) in a random order: the beginning of a shuffle.
   *
   * @param count 0 to {@code pool}
   */
  public int[] sample(int pool, int count) {
    int[] places = new int[pool];
    for (int i = 0; i < pool; i++) {
      places[i] = i;
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = i + nextInt(pool - i);
      drawn[i] = places[j];
      places[j] = places[i];
    }
    return drawn;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
