package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.WorkerListing;
import dev.archipelago.deploy.client.WorkerListing.Worker;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the workers. */
@Command(name = "workers", description = "Lists the workers: what each does, or why it is idle.")
final class WorkersCommand extends ClientCommand {
  @Override
  ExitCode run(Link link, Console console) {
    Answer<WorkerListing> answer = link.client().workers();
    if (isJson()) {
      console.print(answer.json());
    } else if (answer.value().workers().isEmpty()) {
      console.print(
          List.of(
              link.isJournalOnly()
                  ? "No workers: no search is running on this data directory."
                  : "No worker has joined."));
    } else {
      console.print(table(answer.value()).lines());
    }
    if (!isJson()) {
      console.print(
          answer.value().waitingOrNone().stream()
              .map(waiting -> "search " + waiting.search() + " waits: " + waiting.why())
              .toList());
    }
    return ExitCode.OK;
  }

  private static Table table(WorkerListing listing) {
    Table table =
        Table.headed(
            "WORKER",
            "STATE",
            "TRIAL",
            "PHASE",
            "EPOCH",
            "IMAGES/S",
            "DEVICE",
            "NAME",
            "BUSY",
            "MEMORY",
            "POWER",
            "ENGINE",
            "HOST",
            "PID",
            "HEARTBEAT",
            "IDLE BECAUSE");
    for (Worker worker : listing.workers()) {
      WorkerListing.Task task = worker.trial();
      boolean trains = task != null;
      table.row(
          worker.name(),
          worker.state(),
          task == null ? Format.text(null) : task.search() + "/" + task.number(),
          trains ? Format.text(worker.phase()) : Format.text(null),
          trains && worker.epochs() != null
              ? Format.text(worker.epoch()) + "/" + worker.epochs()
              : Format.text(null),
          trains && worker.imagesPerSecond() != null
              ? Format.count(Math.round(worker.imagesPerSecond()))
              : Format.text(null),
          Format.text(worker.device()),
          deviceName(worker),
          worker.deviceUtilization() == null
              ? Format.text(null)
              : Math.round(100 * worker.deviceUtilization()) + " %",
          memory(worker),
          worker.devicePowerWatts() == null
              ? Format.text(null)
              : Math.round(worker.devicePowerWatts()) + " W",
          Format.text(worker.engine()),
          Format.text(worker.host()),
          Format.text(worker.pid()),
          worker.secondsSinceHeartbeat() == null
              ? Format.text(null)
              : Format.decimal(worker.secondsSinceHeartbeat()) + " s ago",
          worker.idleReason() == null ? "" : worker.idleReason());
    }
    return table;
  }

  private static String deviceName(Worker worker) {
    String name = Format.text(worker.deviceName());
    return Boolean.TRUE.equals(worker.deviceDeclared()) ? name + " (declared)" : name;
  }

  /** Used and all, as far as they are known. */
  private static String memory(Worker worker) {
    String all = Format.bytes(worker.deviceMemoryBytes());
    return worker.deviceUsedBytes() == null
        ? all
        : Format.bytes(worker.deviceUsedBytes()) + " of " + all;
  }
}
