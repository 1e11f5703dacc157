package dev.archipelago.worker.engine;

import dev.archipelago.protocol.trial.TrialFailure;

/** An engine's refusal, as the failure that the trial will have. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TrialFailure failure;

  public EngineException(TrialFailure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public EngineException(TrialFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public TrialFailure failure() {
    return failure;
  }
}
