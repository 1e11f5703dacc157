package dev.archipelago.protocol.trial;

/** How one attempt at a trial ended. */
public sealed interface Outcome {
  TrialId trial();

  int attempt();

  /** Trained and measured. */
  record Completed(TrialId trial, int attempt, Measurement measurement) implements Outcome {}

  /** Ended without a measurement. */
  record Failed(TrialId trial, int attempt, TrialFailure failure) implements Outcome {}
}
