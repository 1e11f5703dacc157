package dev.archipelago.controller.tabular;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Proposes what is written down and writes down what it is asked and told. */
record Script(List<Integer> cells, List<String> seen) implements StrategyKind, Strategy {

  static Script of(Integer... cells) {
    return new Script(List.of(cells), new ArrayList<>());
  }

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    if (proposal >= cells.size()) {
      return new Ask.Exhausted("the script is at its end");
    }
    seen.add("ask " + proposal);
    return new Ask.Propose(Cells.ALL.at(BigInteger.valueOf(cells.get(proposal))));
  }

  @Override
  public Strategy tell(Told told) {
    seen.add("tell " + told.proposal());
    return this;
  }

  @Override
  public String kind() {
    return "script";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    return this;
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return this;
  }

  @Override
  public byte[] encode() {
    return new byte[0];
  }
}
