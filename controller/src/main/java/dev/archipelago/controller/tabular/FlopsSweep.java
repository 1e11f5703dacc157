package dev.archipelago.controller.tabular;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The architectures by descending FLOPs, of equal ones the table's earlier first: no search, but
 * what a search on this space has to be seen beside.
 *
 * @param order all architectures of the table
 */
record FlopsSweep(List<Architecture> order) implements StrategyKind, Strategy {
  static final String KIND = "flops-sweep";

  FlopsSweep {
    order = List.copyOf(order);
  }

  static FlopsSweep of(Table table) {
    return new FlopsSweep(
        table.entries().stream()
            .sorted(Comparator.comparingLong(Entry::flops).reversed().thenComparing(Entry::index))
            .map(Entry::architecture)
            .toList());
  }

  @Override
  public String kind() {
    return KIND;
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
  public Ask ask(int proposal, SplitMix64 random) {
    return proposal < order.size()
        ? new Ask.Propose(order.get(proposal))
        : new Ask.Exhausted("the table has no other architecture");
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
