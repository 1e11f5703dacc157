package dev.archipelago.deploy.cli;

import picocli.CommandLine.Option;

/** Whether the result is for a program. */
final class JsonOption {
  @Option(
      names = "--json",
      description = "One JSON document on standard output, and nothing else there.")
  private boolean json;

  boolean isOn() {
    return json;
  }
}
