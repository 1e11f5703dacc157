package dev.archipelago.deploy.cli;

import dev.archipelago.controller.forecast.Cost;
import dev.archipelago.controller.forecast.Measured;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.embedded.EmbeddedCluster;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Ending;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.deploy.view.Reporter;
import dev.archipelago.protocol.disk.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a temporary data directory, for trials that are measured and forgotten. The data
 * sets are those of the user's directory.
 */
record ScratchCluster(Host host, Console console, DataDirectory directory)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One result has no spread. */
  private static final int FEWEST = 2;

  /** Processes that were ended a moment ago may still write. */
  private static final int ATTEMPTS = 20;

  static ScratchCluster start(Host host, Console console, DataDirectory users) {
    try {
      Path temporary = Files.createTempDirectory("archipelago-forecast").toAbsolutePath();
      ScratchCluster cluster = new ScratchCluster(host, console, new DataDirectory(temporary));
      try {
        if (Files.isDirectory(users.datasets())) {
          Files.createSymbolicLink(cluster.directory.datasets(), users.datasets());
        }
        return cluster;
      } catch (IOException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw CommandException.failed("no temporary directory: " + e.getMessage(), e);
    }
  }

  /** Runs the trials; empty where the user did not want to wait. */
  Optional<Measured> measure(Submission trials, Staff staff) {
    Tenancy tenancy = Tenancy.of(directory);
    if (!(tenancy instanceof Tenancy.Mine mine)) {
      throw CommandException.failed("another process took " + directory);
    }
    Logs.toFile(directory.logs().resolve("archipelago.log"));
    try (Reporter reporter = Reporters.of(host, console)) {
      EmbeddedCluster cluster;
      try {
        EmbeddedCluster.Plan plan =
            new EmbeddedCluster.Plan(directory, host.childMainClass(), staff);
        cluster = EmbeddedCluster.start(mine, plan, host.roles().embedded(), reporter::notice);
      } catch (RuntimeException | Error e) {
        mine.close();
        throw e;
      }
      try (cluster) {
        ApiClient client = cluster.client();
        String search = client.submit(trials).value().id();
        host.interrupts().listen();
        cluster.letWorkersJoin();
        reporter.notice(
            "measuring "
                + Format.plural(Measured.ENOUGH, "trial")
                + " on "
                + Format.plural(staff.workers(), "worker"));
        return measured(client, search, reporter);
      }
    }
  }

  private Optional<Measured> measured(ApiClient client, String search, Reporter reporter) {
    Following following = new Following(client, host, console, Hints.PLAIN, false, PATIENCE);
    Ending ending = following.follow(search, reporter);
    if (ending instanceof Ending.Interrupted) {
      return Optional.empty();
    } else if (ending instanceof Ending.Lost lost) {
      throw CommandException.failed(lost.reason());
    }
    List<TrialDocument> ended =
        client.allTrials(search, TrialQuery.all(), Integer.MAX_VALUE).value().trials();
    List<Cost> trained = new ArrayList<>();
    List<Double> proxies = new ArrayList<>();
    for (TrialDocument trial : ended) {
      if (!trial.state().equals("COMPLETED") || trial.deviceSeconds() == null) {
        continue;
      }
      Optional<Integer> epochs = epochs(trial.rung());
      if (epochs.isPresent() && trial.trainSeconds() != null) {
        trained.add(
            Cost.of(
                epochs.get(),
                trial.trainSeconds(),
                trial.deviceSeconds(),
                trial.flops() == null ? 0 : trial.flops()));
      } else if (epochs.isEmpty()) {
        proxies.add(trial.deviceSeconds());
      }
    }
    if (trained.size() < FEWEST) {
      throw CommandException.failed(
          "only %s of %s completed%s; --set seed=N draws others"
              .formatted(trained.size(), Format.plural(Measured.ENOUGH, "trial"), failure(ended)));
    }
    return Optional.of(new Measured(trained, proxies));
  }

  /** Empty for a proxy. */
  private static Optional<Integer> epochs(@Nullable String rung) {
    return Optional.ofNullable(rung)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }

  private static String failure(List<TrialDocument> trials) {
    for (TrialDocument trial : trials) {
      if (trial.failure() != null) {
        return ": " + trial.failure().category() + ": " + trial.failure().message();
      }
    }
    return "";
  }

  /** Deletes the directory, and of the user's data sets only the link to them. */
  @Override
  public void close() {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(directory.root()); attempt++) {
      try {
        FileTree.delete(directory.root());
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    if (Files.exists(directory.root())) {
      console.say(directory + " could not be deleted");
    }
  }
}
