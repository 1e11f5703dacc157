package dev.archipelago.controller.strategy.grid;

import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigInteger;

/**
 * A permutation of [0, size) that needs no memory, whatever the size: a Feistel network over the
 * next even number of bits (Luby and Rackoff 1988), repeated while it leads out of the range (Black
 * and Rogaway 2002, "cycle walking"; fewer than four times in the mean).
 *
 * @param size at least 1
 * @param seed picks the permutation
 */
record Shuffle(BigInteger size, long seed) {
  /** Small spaces mix slowly: with one bit a half, a round is one of four functions. */
  private static final int ROUNDS = 12;

  /** Where {@code number} goes. */
  BigInteger at(BigInteger number) {
    int half = Math.max(1, (size.subtract(BigInteger.ONE).bitLength() + 1) / 2);
    BigInteger to = number;
    do {
      to = encrypt(to, half);
    } while (to.compareTo(size) >= 0);
    return to;
  }

  private BigInteger encrypt(BigInteger number, int half) {
    BigInteger mask = BigInteger.ONE.shiftLeft(half).subtract(BigInteger.ONE);
    BigInteger left = number.shiftRight(half);
    BigInteger right = number.and(mask);
    for (int round = 0; round < ROUNDS; round++) {
      BigInteger mixed = left.xor(mix(right, round, half).and(mask));
      left = right;
      right = mixed;
    }
    return left.shiftLeft(half).or(right);
  }

  /** At least {@code bits} bits that depend on the seed, the round and every bit of the value. */
  private BigInteger mix(BigInteger value, int round, int bits) {
    long key = SplitMix64.derive(seed, round);
    for (int at = 0; at < bits; at += Long.SIZE) {
      key = SplitMix64.derive(key, value.shiftRight(at).longValue());
    }
    SplitMix64 stream = new SplitMix64(key);
    BigInteger mixed = BigInteger.ZERO;
    for (int at = 0; at < bits; at += Integer.SIZE) {
      mixed = mixed.shiftLeft(Integer.SIZE).or(BigInteger.valueOf(stream.nextLong() >>> 32));
    }
    return mixed;
  }
}
