package dev.archipelago.controller.search;

import dev.archipelago.protocol.wire.WireMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event of the journal: the facts that arrived while the one before was being written. */
public record Commit(Header header, List<Fact> facts) implements WireMessage {

  /** The most facts in a commit. */
  public static final int CAPACITY = 256;

  /** The version of the facts' meaning; raised when an old journal needs translation. */
  public static final int SCHEMA = 1;

  /**
   * @param algorithm version of the strategy that made the proposals
   * @param specHash SHA-256 of the spec, 16 hexadecimal digits
   * @param at wall time, for people
   * @param running how long the search has run in all, pauses and interruptions not counted
   */
  public record Header(int schema, int algorithm, String specHash, Instant at, Duration running) {}

  public Commit {
    facts = List.copyOf(facts);
  }
}
