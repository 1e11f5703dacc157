package dev.archipelago.controller.strategy.random;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.SearchSpace;

/** The state of {@link RandomSearch}: nothing but the space. */
record Uniform(SearchSpace space) implements Strategy {

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    return new Ask.Propose(space.sample(random));
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
