package dev.archipelago.controller.space;

import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round;

/** The networks that rounds on shared weights are on. */
public final class Supernets {
  private Supernets() {}

  /**
   * The space's supernet of that name for a task.
   *
   * @param space a {@link RelaxedSpace} or a {@link SharedSpace}, as the net has it
   * @throws IllegalArgumentException as the space's own method
   */
  public static Supernet of(SearchSpace space, Round.Net net, Task task) {
    return net instanceof Round.Net.Relaxed relaxed
        ? ((RelaxedSpace) space).relaxed(task, relaxed.channelShare())
        : ((SharedSpace) space).supernet(task);
  }
}
