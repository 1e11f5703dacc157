package dev.archipelago.protocol.trial;

import java.util.Optional;
import java.util.regex.Pattern;

/** A search's name in the service; made from its start time, so that ids sort by time. */
public record SearchId(String value) implements Comparable<SearchId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public SearchId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a search id is 1 to 64 of a-z, 0-9 and -, got \"" + value + "\"");
    }
  }

  /** Empty where no search can be called so. */
  public static Optional<SearchId> of(String value) {
    return FORM.matcher(value).matches() ? Optional.of(new SearchId(value)) : Optional.empty();
  }

  @Override
  public int compareTo(SearchId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
