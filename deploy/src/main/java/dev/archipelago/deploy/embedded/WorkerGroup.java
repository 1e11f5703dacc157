package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Workers of a cluster as child processes of one, on a device each. Those that die are started
 * again under their names, so that they find their unacknowledged outcomes and the proof of a
 * crash. They end when this process ends, however that happens.
 */
public final class WorkerGroup implements AutoCloseable {
  /** For saying goodbye, which gives the leases back at once. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Crew crew;

  private WorkerGroup(Crew crew) {
    this.crew = crew;
  }

  /**
   * A worker.
   *
   * @param device that the arguments name
   * @param arguments of the program
   */
  public record Member(String name, String device, List<String> arguments) {
    public Member {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Starts them and returns.
   *
   * @param mainClass of the program, which ends in good order at the end of its standard input
   * @param environment that they have beside this process's
   * @param notices for the user
   */
  public static WorkerGroup start(
      DataDirectory directory,
      String mainClass,
      List<Member> members,
      Map<String, String> environment,
      Consumer<String> notices) {
    Map<String, Member> byName = new LinkedHashMap<>();
    members.forEach(member -> byName.put(member.name(), member));
    Crew crew =
        new Crew(
            new Launcher(directory, mainClass, byName, environment),
            RestartPolicy.DEFAULT,
            name -> {},
            notices);
    crew.start(List.copyOf(byName.keySet()));
    return new WorkerGroup(crew);
  }

  /** Completes when every one of them has ended for a reason that starting it again cannot mend. */
  public CompletionStage<Void> gaveUp() {
    return crew.deserted();
  }

  /** Lets them say goodbye; kills those that do not. */
  @Override
  public void close() {
    crew.release(FAREWELL);
  }

  private record Launcher(
      DataDirectory directory,
      String mainClass,
      Map<String, Member> members,
      Map<String, String> environment)
      implements ChildLauncher {

    @Override
    public Process launch(String name, boolean spare) throws IOException {
      Member member = members.get(name);
      if (member == null) {
        throw new IOException("there is no worker " + name);
      }
      Path slot = Files.createDirectories(directory.worker(name));
      List<String> command = new ArrayList<>(ChildJvm.command(options(slot), mainClass));
      command.addAll(member.arguments());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      ChildJvm.environment(member.device()).forEach(builder.environment()::putIfAbsent);
      builder.environment().putAll(environment);
      return builder.start();
    }

    /** This JVM's own: they were chosen for a worker. */
    private List<String> options(Path slot) {
      Predicate<String> own =
          option ->
              !option.startsWith("-XX:ErrorFile=")
                  && !option.startsWith("-javaagent:")
                  && !option.startsWith("-agentlib:");
      List<String> options =
          new ArrayList<>(
              ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                  .filter(own)
                  .toList());
      if (options.stream().noneMatch(option -> option.startsWith("-Xmx"))) {
        options.add(ChildJvm.heap(members.size()));
      }
      options.addAll(ChildJvm.errorFile(slot));
      return options;
    }

    @Override
    public void promoted(String name) {
      throw new IllegalStateException("nobody stands by");
    }

    @Override
    public boolean ended(String name, long pid) {
      return Files.exists(directory.worker(name).resolve("hs_err_pid" + pid + ".log"));
    }
  }
}
