package dev.archipelago.controller.strategy.grid;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigInteger;

/** The state of {@link Grid}: none, since a proposal's number says where the walk stands. */
record Walk(Genotypes genotypes, Shuffle shuffle, Grid.Sweep sweep) implements Strategy {

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    BigInteger number = BigInteger.valueOf(proposal);
    if (number.compareTo(genotypes.size()) >= 0) {
      return new Ask.Exhausted(
          "all %,d architectures of the space were proposed".formatted(genotypes.size()));
    }
    return new Ask.Propose(
        genotypes.at(
            switch (sweep) {
              case SEQUENTIAL -> number;
              case SHUFFLED -> shuffle.at(number);
            }));
  }

  @Override
  public Strategy tell(Told told) {
    return this;
  }

  @Override
  public byte[] encode() {
    return new byte[0];
  }
}
