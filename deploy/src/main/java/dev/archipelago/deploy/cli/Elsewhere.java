package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Ending;
import dev.archipelago.deploy.view.Reporter;

/** Follows a search that another process runs: leaving it does not stop it. */
final class Elsewhere {
  private Elsewhere() {}

  static ExitCode follow(Following following, String search) {
    following.host().interrupts().listen();
    Ending ending;
    try (Reporter reporter = Reporters.of(following.host(), following.console())) {
      ending = following.follow(search, reporter);
    }
    if (ending instanceof Ending.Over over) {
      return following.conclude(over.status());
    }
    if (ending instanceof Ending.Lost lost) {
      following
          .console()
          .say(
              lost.reason()
                  + "; nothing that was completed is lost. Once it is back: "
                  + following.hints().command("watch " + search)
                  + "; if its process has ended: "
                  + following.hints().command("resume " + search));
      return ExitCode.FAILED;
    }
    following
        .console()
        .say(
            "stopped watching; the search goes on. Again: "
                + following.hints().command("watch " + search));
    return ExitCode.INTERRUPTED;
  }
}
