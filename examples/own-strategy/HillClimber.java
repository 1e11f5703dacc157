package example;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.*;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;

/** A (1+1) hill climber: changes the best so far in one place; starts anew after a dry spell. */
public final class HillClimber implements StrategyProvider {
  public String kind() { return "hill-climber"; }

  public StrategyKind read(int trials, Settings settings) {
    return new Kind(settings.integer("patience", 30, 1, 10_000));
  }

  record Kind(int patience) implements StrategyKind {
    public String kind() { return "hill-climber"; }

    public Map<String, Object> settings() { return Map.of("patience", patience); }
    public int algorithmVersion() { return 1; }

    public Strategy start(StrategyContext context) {
      return new Climber(patience, context.space(), Double.NEGATIVE_INFINITY, 0, List.of());
    }

    public Strategy decode(StrategyContext context, byte[] state) {
      String[] words = new String(state, StandardCharsets.UTF_8).split(" ", -1);
      List<Integer> best = Stream.of(words).skip(2).map(Integer::valueOf).toList();
      if (!best.isEmpty()) context.space().check(new Architecture(context.space().kind(), best));
      double reward = Double.parseDouble(words[0]);
      return new Climber(patience, context.space(), reward, Integer.parseInt(words[1]), best);
    }
  }

  record Climber(int patience, SearchSpace space, double reward, int dry, List<Integer> best)
      implements Strategy {
    public Ask ask(int proposal, SplitMix64 random) {
      Architecture other = space.sample(random);
      if (best.isEmpty()) return new Ask.Propose(other);
      int at = random.nextInt(best.size());
      return new Ask.Propose(new Architecture(space.kind(), best).with(at, other.value(at)));
    }

    public Strategy tell(Told told) {
      double seen = told.reward().orElse(Double.NEGATIVE_INFINITY);
      if (seen > reward) return new Climber(patience, space, seen, 0, told.architecture().values());
      if (dry + 1 < patience) return new Climber(patience, space, reward, dry + 1, best);
      return new Climber(patience, space, Double.NEGATIVE_INFINITY, 0, List.of());
    }

    public byte[] encode() {
      Stream<?> words = Stream.concat(Stream.of(reward, dry), best.stream());
      return words.map(String::valueOf).collect(Collectors.joining(" ")).getBytes(StandardCharsets.UTF_8);
    }
  }
}
