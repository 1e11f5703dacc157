package dev.archipelago.controller.api;

import dev.archipelago.protocol.trial.SearchId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Makes ids of searches: the time to the second, so that they sort by it, and four characters of
 * chance. The chance names a search and enters nothing that it does.
 */
final class SearchIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int CHANCE = 4;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  SearchIds(Clock clock) {
    this.clock = clock;
  }

  SearchId next() {
    StringBuilder id = new StringBuilder(TIME.format(clock.instant())).append('-');
    for (int i = 0; i < CHANCE; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new SearchId(id.toString());
  }
}
