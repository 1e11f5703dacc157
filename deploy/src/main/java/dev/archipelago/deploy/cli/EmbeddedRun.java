package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.embedded.EmbeddedCluster;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Ending;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.deploy.view.Reporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A search in a cluster of this process's own, from its start to its end or to Ctrl-C.
 *
 * <p>Workers get nothing to do before it is settled which search is to run: searches that an
 * earlier process left running are paused first, so that they do not take the workers.
 */
record EmbeddedRun(Host host, Console console, Hints hints, boolean json, DataDirectory directory) {

  /** The controller is in this process: if it is silent for so long, it is broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Twice the time between two questions of a follower. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /**
   * @param begin starts or resumes the search and gives its id
   */
  ExitCode run(Tenancy.Mine tenancy, Staff staff, Function<ApiClient, String> begin) {
    Logs.toFile(directory.logs().resolve("archipelago.log"));
    try (Reporter reporter = Reporters.of(host, console)) {
      EmbeddedCluster.Plan plan = new EmbeddedCluster.Plan(directory, host.childMainClass(), staff);
      EmbeddedCluster cluster;
      try {
        cluster = EmbeddedCluster.start(tenancy, plan, host.roles().embedded(), reporter::notice);
      } catch (RuntimeException | Error e) {
        tenancy.close();
        throw e;
      }
      try (cluster) {
        return run(cluster, reporter, begin);
      }
    }
  }

  private ExitCode run(
      EmbeddedCluster cluster, Reporter reporter, Function<ApiClient, String> begin) {
    ApiClient client = cluster.client();
    List<String> stray = Searches.running(client);
    String search = begin.apply(client);
    host.interrupts().listen();
    for (String other : stray) {
      if (!other.equals(search) && paused(client, other)) {
        reporter.notice(
            "search "
                + other
                + " was interrupted; it waits for: "
                + hints.command("resume " + other));
      }
    }
    cluster.letWorkersJoin();
    reporter.notice(
        "search " + search + " " + runsOn(cluster) + "; logs are in " + directory.logs());
    Following following = new Following(client, host, console, hints, json, PATIENCE);
    Ending ending = following.follow(search, reporter);
    if (ending instanceof Ending.Over over) {
      reporter.close();
      ExitCode exit = following.conclude(over.status());
      boolean served = waitForGuests(following, reporter);
      LockSupport.parkNanos(LINGER.toNanos()); // who follows from elsewhere sees the end, too
      return served ? exit : ExitCode.INTERRUPTED;
    }
    cluster.close();
    if (ending instanceof Ending.Lost lost) {
      console.say(lost.reason() + "; see " + directory.logs());
      console.say("resume with: " + hints.command("resume " + search));
      return ExitCode.FAILED;
    }
    console.say("interrupted; resume with: " + hints.command("resume " + search));
    return ExitCode.INTERRUPTED;
  }

  private static String runsOn(EmbeddedCluster cluster) {
    Staff staff = cluster.staff();
    if (staff.workers() == 0) {
      return "is answered by its table, on simulated workers";
    }
    List<String> devices = staff.devices().stream().distinct().toList();
    return "runs on "
        + Format.plural(staff.workers(), "worker")
        + " of this machine"
        + (devices.equals(List.of(Devices.CPU)) ? "" : " (" + String.join(", ", devices) + ")");
  }

  /** False for a search that never began, or is over: the table of searches may lag behind. */
  private static boolean paused(ApiClient client, String search) {
    try {
      client.pause(search);
      return true;
    } catch (ApiException e) {
      if (e.isRefusal()) {
        return false;
      }
      throw e;
    }
  }

  /** Searches that other commands have submitted here end too; false if the user wants to stop. */
  private boolean waitForGuests(Following following, Reporter reporter) {
    for (List<String> guests = Searches.running(following.client());
        !guests.isEmpty();
        guests = Searches.running(following.client())) {
      String guest = guests.get(0);
      console.say("search " + guest + " was submitted meanwhile; going on until it is over");
      if (following.follow(guest, reporter) instanceof Ending.Interrupted) {
        console.say("interrupted; resume with: " + hints.command("resume " + guest));
        return false;
      }
    }
    return true;
  }
}
