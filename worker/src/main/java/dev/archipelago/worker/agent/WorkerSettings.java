package dev.archipelago.worker.agent;

import dev.archipelago.protocol.device.Device;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How one worker process is set up.
 *
 * @param name what a person calls it; the same when it is started again
 * @param slotDir its own directory, of which a restarted process takes over what the last one left;
 *     the process is started with {@code -XX:ErrorFile=SLOT_DIR/hs_err_pid%p.log}
 * @param join controllers to dial, {@code HOST:PORT}, in the order of trying
 * @param host under which controllers reach this process
 * @param port on which it listens; 0 for any that is free
 * @param prefetch attempts to hold beside the one in training, so that the device never waits
 * @param device what the engine computes on, as it is told to the controller
 * @param memoryLimitBytes what a trial may use, as it is told to the controller; 0 for no limit
 * @param faults rules of {@link dev.archipelago.worker.engine.FaultInjection}; empty but in drills
 * @param datasets the directory of data sets that a search names without a path
 * @param weights where checkpoints and shared weights are kept, the same for all workers of a
 *     cluster
 */
public record WorkerSettings(
    String name,
    Path slotDir,
    List<String> join,
    String host,
    int port,
    int prefetch,
    Device device,
    long memoryLimitBytes,
    List<String> faults,
    Path datasets,
    WeightStores weights) {
  private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):(\\d+)");

  public WorkerSettings {
    join = List.copyOf(join);
    faults = List.copyOf(faults);
    if (join.isEmpty()) {
      throw new IllegalArgumentException("a worker needs the address of a controller to join");
    }
    for (String address : join) {
      var match = ADDRESS.matcher(address);
      if (!match.matches() || !isPort(match.group(2))) {
        throw new IllegalArgumentException(
            "a controller's address is HOST:PORT, got \"" + address + "\"");
      }
    }
    if (prefetch < 0 || memoryLimitBytes < 0) {
      throw new IllegalArgumentException("prefetch and memory limit start at 0");
    }
  }

  private static boolean isPort(String digits) {
    return digits.length() <= 5 && Integer.parseInt(digits) > 0 && Integer.parseInt(digits) < 65536;
  }
}
