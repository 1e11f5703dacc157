package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.device.DeviceList;
import dev.archipelago.deploy.device.Devices.Choice;
import dev.archipelago.deploy.embedded.WorkerGroup;
import dev.archipelago.deploy.embedded.WorkerGroup.Member;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.WorkerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code worker --devices}: a process for each device, which gets the settings that this one was
 * given.
 *
 * @param flags key to value, those that were given on the command line
 * @param file of {@code -c}
 */
record DeviceWorkers(
    Host host,
    Console console,
    WorkerConfig config,
    Map<String, Object> flags,
    Optional<Path> file) {
  private static final String MAIN = "dev.archipelago.deploy.Main";

  private static final String TOKEN = "token";

  /** What is another for each process, or known to it otherwise. */
  private static final Set<String> OWN = Set.of("name", "device", "devices", "threads", TOKEN);

  /** Returns when the user has had enough. */
  int run() {
    if (flags.containsKey("device")) {
      throw CommandException.badInput("--device and --devices exclude each other: give one");
    }
    List<Choice> choices =
        DeviceList.parse(
            config.devices(), () -> host.roles().devices(config.engine()), "--devices");
    if (choices.size() > 1 && config.arteryPort() != 0) {
      throw CommandException.badInput(
          "--devices: %d processes cannot share artery.port %d; leave it 0"
              .formatted(choices.size(), config.arteryPort()));
    }
    List<Member> members = members(choices);
    for (int i = 0; i < choices.size(); i++) {
      console.say("worker " + members.get(i).name() + " on " + choices.get(i));
    }
    Map<String, String> environment = new HashMap<>();
    if (flags.get(TOKEN) != null) { // a command line is there for all to see
      environment.put("ARCHIPELAGO_HTTP_TOKEN", String.valueOf(flags.get(TOKEN)));
    }
    try (WorkerGroup group =
        WorkerGroup.start(config.dataDirectory(), MAIN, members, environment, console::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(group::close, "worker-group-close"));
      host.interrupts().listen();
      CompletableFuture<?> gaveUp = group.gaveUp().toCompletableFuture();
      CompletableFuture.anyOf(host.interrupts().requested().toCompletableFuture(), gaveUp).join();
      if (gaveUp.isDone()) {
        throw CommandException.badInput("no worker is left; what they said stands above");
      }
    }
    return ExitCode.OK.code();
  }

  private List<Member> members(List<Choice> choices) {
    String base = config.name().orElseGet(host.roles()::processName);
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = config.threads() == 0 ? Math.max(1, cores / choices.size()) : config.threads();
    List<Member> members = new ArrayList<>();
    for (Choice choice : choices) {
      String name = base + "-" + members.size();
      List<String> arguments = new ArrayList<>(List.of("worker", "--child", "--name", name));
      arguments.addAll(List.of("--device", choice.id(), "--threads", String.valueOf(threads)));
      file.ifPresent(path -> arguments.addAll(List.of("-c", path.toString())));
      flags.forEach(
          (key, value) -> {
            if (!OWN.contains(key)) {
              arguments.addAll(List.of("--" + key, text(value)));
            }
          });
      members.add(new Member(name, choice.id(), arguments));
    }
    return members;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }
}
