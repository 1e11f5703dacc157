package dev.archipelago.deploy.settings;

import dev.archipelago.deploy.device.Devices;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.worker.weights.WeightStores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A worker's settings as {@code worker.conf} documents them.
 *
 * @param name empty: host and process id
 * @param device {@code auto}, {@code cpu} or {@code cuda:0}
 * @param devices of as many processes; empty where this process is the worker
 * @param declared what it says that it computes on, in a drill
 * @param threads 0: what a trial asks for
 * @param memoryLimitBytes 0: none
 * @param faults of {@code FaultInjection}; none but in drills
 * @param weights where checkpoints and shared weights are kept
 * @param arteryHost empty: the address from which it reaches the controller
 */
public record WorkerConfig(
    List<HostPort> join,
    Optional<String> name,
    String engine,
    String device,
    String devices,
    Optional<Device> declared,
    int threads,
    long memoryLimitBytes,
    int prefetch,
    List<String> faults,
    DataDirectory dataDirectory,
    WeightStores weights,
    Optional<String> arteryHost,
    int arteryPort) {

  /** Drills reach embedded workers too. */
  private static final String FAULTS = "ARCHIPELAGO_FAULTS";

  /** Environment variable to key. */
  static final Map<String, String> VARIABLES =
      Map.of(
          "ARCHIPELAGO_DATA_DIR",
          "data-dir",
          "ARCHIPELAGO_WEIGHTS",
          "weights",
          "ARCHIPELAGO_HTTP_TOKEN",
          "token",
          "ARCHIPELAGO_JOIN",
          "join",
          "ARCHIPELAGO_WORKER_NAME",
          "name",
          "ARCHIPELAGO_DEVICE",
          "device",
          "ARCHIPELAGO_DEVICES",
          "devices",
          FAULTS,
          "faults",
          "ARCHIPELAGO_ARTERY_HOST",
          "artery.host",
          "ARCHIPELAGO_ARTERY_PORT",
          "artery.port");

  private static final String HOST_AND_PORT = "[^/\\\\]+:[0-9]+";

  public WorkerConfig {
    join = List.copyOf(join);
    faults = List.copyOf(faults);
  }

  /** The drills of an environment. */
  public static List<String> faults(Map<String, String> environment) {
    return Layers.splitAtCommas(environment.getOrDefault(FAULTS, ""));
  }

  /**
   * @throws dev.archipelago.deploy.exit.CommandException if a value is wrong
   */
  public static WorkerConfig from(Layers layers) {
    Settings settings = layers.over("worker", VARIABLES, Set.of("join", "faults"));
    List<HostPort> join = settings.addresses("join");
    if (join.isEmpty()) {
      throw settings.refused("join", "give at least one controller as HOST:PORT");
    }
    Optional<String> name = settings.optionalText("name");
    if (name.isPresent() && !name.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw settings.refused("name", "a name is 1 to 64 letters, digits, dots, - and _");
    }
    String device = settings.text("device");
    if (!device.matches(Devices.FORM)) {
      throw settings.refused(
          "device", "\"" + device + "\" is none of auto, cpu, cuda:0, cuda:1, ...");
    }
    DataDirectory dataDirectory = new DataDirectory(settings.dataDirectory("data-dir"));
    return new WorkerConfig(
        join,
        name,
        settings.text("engine"),
        device,
        settings.text("devices"),
        settings.optionalText("declare-device").map(text -> declared(settings, text)),
        settings.number("threads", 0, 4096),
        settings.bytes("memory-limit"),
        settings.number("prefetch", 0, 100),
        settings.texts("faults"),
        dataDirectory,
        weights(settings, dataDirectory),
        settings.optionalText("artery.host"),
        settings.port("artery.port"));
  }

  /** The same, on a device that was chosen. */
  public WorkerConfig on(String chosen) {
    return new WorkerConfig(
        join,
        name,
        engine,
        chosen,
        devices,
        declared,
        threads,
        memoryLimitBytes,
        prefetch,
        faults,
        dataDirectory,
        weights,
        arteryHost,
        arteryPort);
  }

  /** Id, name and memory. */
  private static Device declared(Settings settings, String text) {
    String[] parts = text.split(",", -1);
    boolean complete =
        parts.length == 3 && parts[0].strip().matches("cpu|cuda:[0-9]{1,3}") && !parts[1].isBlank();
    if (!complete) {
      throw settings.refused(
          "declare-device",
          "\"" + text + "\" is not ID,NAME,MEMORY as in \"cuda:0,NVIDIA H200,139g\"");
    }
    String id = parts[0].strip();
    long memory = settings.bytes("declare-device", parts[2].strip());
    return new Device(id, DeviceKind.of(id), parts[1].strip(), memory, true);
  }

  /** A controller's address, or a directory. */
  private static WeightStores weights(Settings settings, DataDirectory dataDirectory) {
    Optional<String> text = settings.optionalText("weights");
    if (text.isPresent() && text.get().matches(HOST_AND_PORT)) {
      throw settings.refused(
          "weights",
          "\"%1$s\" may be a directory or a controller; give ./%1$s or http://%1$s"
              .formatted(text.get()));
    }
    if (text.isEmpty() || !text.get().contains("://")) {
      return new WeightStores.Directory(
          settings.optionalDirectory("weights").orElseGet(dataDirectory::weights));
    }
    return new WeightStores.Http(
        HttpAddress.parse(text.get())
            .orElseThrow(
                () ->
                    settings.refused(
                        "weights",
                        "\"%s\" is no address; give a directory, or the controller's like"
                                .formatted(text.get())
                            + " http://127.0.0.1:8600")),
        settings.optionalText("token"));
  }
}
