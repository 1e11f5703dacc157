package dev.archipelago.deploy.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.ForwardingEngine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import java.lang.reflect.Modifier;
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
    assertThat(signatures(PinnedThreads.class, "compile"))
        .containsAll(signatures(Engine.class, "compile"));
    assertThat(signatures(ForwardingEngine.class, ""))
        .as("hands on all that there is")
        .containsAll(signatures(Engine.class, ""));
    assertThat(ForwardingEngine.class).isAssignableFrom(EngineLoading.class);
  }

  /** Of the public methods that a type itself declares, whose names begin so. */
  private static List<String> signatures(Class<?> type, String prefix) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .filter(method -> method.getName().startsWith(prefix))
        .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
        .toList();
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
