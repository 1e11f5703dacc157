package dev.archipelago.protocol.device;

/**
 * What an engine can do beside training and measuring networks that have no recurrent layers, which
 * all engines can.
 */
public enum Capability {
  /** Rounds on weights that networks share. */
  SUPERNETS("supernets"),
  /** Plans with embeddings and recurrent layers. */
  RECURRENT("recurrent"),
  /** Scores of untrained networks that need the engine: all proxies but params and flops. */
  PROXIES("proxies"),
  /** Training in {@link dev.archipelago.protocol.trial.Precision#BF16}. */
  BF16("bf16");

  private final String label;

  Capability(String label) {
    this.label = label;
  }

  /** As documents and sentences have it: an engine {@code cannot run supernets}. */
  public String label() {
    return label;
  }
}
