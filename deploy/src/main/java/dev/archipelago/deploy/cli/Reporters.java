package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.view.LiveReporter;
import dev.archipelago.deploy.view.PlainReporter;
import dev.archipelago.deploy.view.Reporter;
import dev.archipelago.deploy.view.Terminal;

/** A view on a terminal, lines elsewhere. */
final class Reporters {
  private Reporters() {}

  static Reporter of(Host host, Console console) {
    return host.liveTerminal()
        ? new LiveReporter(console.err(), Terminal::columns)
        : new PlainReporter(console.err());
  }
}
