package dev.archipelago.deploy.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engines that wrap another must hand on every way of compiling: a default would refuse. */
class PinnedThreadsTest {
  private final List<String> asked = new ArrayList<>();

  @Test
  void handsOnThePrecisionAndNotTheThreads() {
    Engine pinned = new PinnedThreads(new Asked(), 3);
    pinned.compile(null, 7, 1);
    pinned.compile(null, 7, 1, Precision.BF16);
    pinned.compileShared(null, 7, 1);
    pinned.compileShared(null, 7, 1, Precision.BF16);
    assertThat(asked)
        .containsExactly("network 3", "network 3 bf16", "supernet 3", "supernet 3 bf16");
  }

  @Test
  void noWrapperLeavesAWayOfCompilingToTheDefault() {
    for (Class<?> wrapper : List.of(PinnedThreads.class, EngineLoading.class)) {
      List<Method> own =
          Arrays.stream(wrapper.getDeclaredMethods())
              .filter(method -> method.getName().startsWith("compile"))
              .toList();
      long all =
          Arrays.stream(Engine.class.getMethods())
              .filter(method -> method.getName().startsWith("compile"))
              .count();
      assertThat(own).as(wrapper.getSimpleName()).hasSize((int) all);
    }
  }

  private final class Asked implements Engine {
    @Override
    public String name() {
      return "asked";
    }

    @Override
    public String device() {
      return "cpu";
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads) {
      asked.add("network " + threads);
      return null;
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
      asked.add("network " + threads + " " + precision.label());
      return null;
    }

    @Override
    public SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
      asked.add("supernet " + threads);
      return null;
    }

    @Override
    public SharedNetwork compileShared(
        Supernet supernet, long seed, int threads, Precision precision) {
      asked.add("supernet " + threads + " " + precision.label());
      return null;
    }

    @Override
    public void close() {}
  }
}
