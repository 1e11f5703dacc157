package dev.archipelago.controller.strategy.genotype;

import dev.archipelago.protocol.space.Architecture;

/** What an {@link Archive} knows of one proposal. */
public sealed interface Entry {
  Architecture architecture();

  /** Proposed; nothing told yet. */
  record Running(Architecture architecture) implements Entry {}

  /** Told to have failed or to break a limit. */
  record Failed(Architecture architecture) implements Entry {}

  /** Told with its reward; larger is better, always finite. */
  record Scored(Architecture architecture, double reward) implements Entry {}
}
