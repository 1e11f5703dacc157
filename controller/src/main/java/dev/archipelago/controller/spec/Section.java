package dev.archipelago.controller.spec;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.spec.YamlNode.Entry;
import dev.archipelago.controller.spec.YamlNode.Items;
import dev.archipelago.controller.spec.YamlNode.Mapping;
import dev.archipelago.controller.spec.YamlNode.Scalar;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One map of a spec, read key by key.
 *
 * <p>Asking for a key makes it known; {@link #close} refuses the others. A bad value is noted in
 * {@link Problems} and the answer is then the default, so that reading goes on and finds the next
 * problem: what was read counts only once {@link Problems#throwIfAny} has passed.
 */
final class Section implements Settings {
  private final Mapping node;
  private final String path;
  private final Problems problems;

  /** False where an empty map stands for one that is missing or no map. */
  private final boolean present;

  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> required = new HashSet<>();
  private final Set<String> excluded = new HashSet<>();

  /** The whole spec. */
  Section(Mapping root, Problems problems) {
    this(root, "", problems, true);
  }

  private Section(Mapping node, String path, Problems problems, boolean present) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    this.present = present;
  }

  // --- Structure

  boolean has(String key) {
    known.add(key);
    return node.entries().containsKey(key);
  }

  /** Notes a problem if the key is missing, unless the whole map is: that was said already. */
  void require(String key, String example) {
    required.add(key);
    if (!has(key) && present) {
      problems.add(node.place(), path(key), "is missing; allowed: " + example);
    }
  }

  /** The map behind a key; an empty one where the key is missing, so that defaults apply. */
  Section section(String key) {
    return section(key, "a map of keys", Optional.empty());
  }

  /** As {@link #section(String)}; a single word stands for a map with only that key. */
  Section section(String key, String shorthand) {
    return section(key, "a word, or a map of keys", Optional.of(shorthand));
  }

  private Section section(String key, String allowed, Optional<String> shorthand) {
    if (has(key)) {
      YamlNode value = entry(key).value();
      if (value instanceof Mapping mapping) {
        return new Section(mapping, path(key), problems, true);
      }
      if (value instanceof Scalar scalar && !scalar.isEmpty() && shorthand.isPresent()) {
        Map<String, Entry> only = Map.of(shorthand.get(), new Entry(scalar.place(), scalar));
        return new Section(new Mapping(only, scalar.place()), path(key), problems, true);
      }
      refuse(key, value, allowed);
    }
    return new Section(new Mapping(Map.of(), place(key)), path(key), problems, false);
  }

  /** Whether the key's value is one word, number or text. */
  boolean isScalar(String key) {
    return has(key) && entry(key).value() instanceof Scalar;
  }

  /** Whether the key's value is a map of keys. */
  boolean isMap(String key) {
    return has(key) && entry(key).value() instanceof Mapping;
  }

  /** Whether the key's value is just this word: {@code none}, {@code all}. */
  boolean isWord(String key, String word) {
    return isScalar(key) && scalarAt(key).text().equals(word);
  }

  /** Notes a problem with the key's value, at its place, or at the map's where it is missing. */
  void problem(String key, String message) {
    problems.add(place(key), path(key), message);
  }

  /** As {@link #problem} for a dotted key below this map, at the place nearest to it. */
  void problemAt(String dotted, String message) {
    YamlNode at = node;
    for (String key : dotted.split("\\.")) {
      if (!(at instanceof Mapping mapping) || !mapping.entries().containsKey(key)) {
        break;
      }
      at = mapping.entries().get(key).value();
    }
    problems.add(at.place(), path(dotted), message);
  }

  /**
   * Notes what a constructor has against values that are fine one by one. A message that starts
   * with a key, as {@code kernels must be odd}, is noted at that key.
   */
  void problem(IllegalArgumentException refusal) {
    String message = String.valueOf(refusal.getMessage());
    String first = message.split("\\W", 2)[0];
    if (known.contains(first)) {
      problem(first, message);
    } else {
      problems.add(node.place(), path, message);
    }
  }

  /** Refuses every key that nobody asked for. */
  void close() {
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key) && !excluded.contains(key)) {
                problems.add(
                    entry.keyPlace(),
                    path(key),
                    "unknown key"
                        + Nearest.hint(key, known).or(() -> Nearest.elsewhere(key)).orElse("")
                        + "; allowed: "
                        + String.join(", ", known));
              }
            });
  }

  @Override
  public <T> T nested(String key, Function<Settings, T> reading) {
    Section inner = section(key);
    T read = reading.apply(inner);
    inner.close();
    return read;
  }

  @Override
  public void exclude(String key, String reason) {
    if (node.entries().containsKey(key)) {
      excluded.add(key);
      problem(key, reason + "; allowed: leave it out");
    }
  }

  // --- Values

  @Override
  public int integer(String key, int otherwise, int least, int most) {
    return scalar(key, range("a whole number", least, most), s -> whole(s, least, most))
        .map(Math::toIntExact)
        .orElse(otherwise);
  }

  long longInteger(String key, long otherwise) {
    String allowed = range("a whole number", Long.MIN_VALUE, Long.MAX_VALUE);
    return scalar(key, allowed, s -> whole(s, Long.MIN_VALUE, Long.MAX_VALUE)).orElse(otherwise);
  }

  @Override
  public double number(String key, double otherwise, double least, double most) {
    String allowed =
        Text.format("a number from %s to %s", Numbers.write(least), Numbers.write(most));
    return scalar(
            key,
            allowed,
            s ->
                s.quoted()
                    ? Optional.<Double>empty()
                    : Numbers.decimal(s.text()).filter(d -> d >= least && d <= most))
        .orElse(otherwise);
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    return scalar(
            key,
            "true or false",
            s ->
                !s.quoted() && (s.text().equals("true") || s.text().equals("false"))
                    ? Optional.of(s.text().equals("true"))
                    : Optional.empty())
        .orElse(otherwise);
  }

  Optional<String> text(String key, String allowed, Predicate<String> accepts) {
    return scalar(key, allowed, s -> Optional.of(s.text()).filter(accepts));
  }

  @Override
  public String choice(String key, String otherwise, List<String> words) {
    return word(key, words).orElse(otherwise);
  }

  /** One of some words; a near miss is named. */
  Optional<String> word(String key, Collection<String> words) {
    String hint = isScalar(key) ? Nearest.hint(scalarAt(key).text(), words).orElse("") : "";
    return scalar(
        key, String.join(", ", words) + hint, s -> Optional.of(s.text()).filter(words::contains));
  }

  Optional<Duration> duration(String key, Duration least, Duration most) {
    String allowed =
        Text.format(
            "a duration from %s to %s with its unit (%s)",
            Durations.write(least), Durations.write(most), Durations.UNITS);
    return scalar(
        key,
        allowed,
        s ->
            Durations.parse(s.text())
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  /** Any texts in their order, at least one; a single one may stand alone. */
  List<String> texts(String key) {
    if (isScalar(key)) {
      return text(key, "a text", text -> true).map(List::of).orElse(List.of());
    }
    List<String> read = new ArrayList<>();
    if (has(key) && entry(key).value() instanceof Items list) {
      for (YamlNode item : list.items()) {
        if (item instanceof Scalar scalar) {
          read.add(scalar.text());
        }
      }
      if (read.size() == list.items().size() && !read.isEmpty()) {
        return List.copyOf(read);
      }
    }
    refuse(key, entry(key).value(), "a text, or a list of texts in [brackets]");
    return List.of();
  }

  <T> Optional<T> scalar(String key, String allowed, Function<Scalar, Optional<T>> reading) {
    if (!has(key)) {
      return Optional.empty();
    }
    YamlNode value = entry(key).value();
    if (value instanceof Scalar scalar && !scalar.isEmpty()) {
      Optional<T> read = reading.apply(scalar);
      if (read.isPresent()) {
        return read;
      }
    }
    refuse(key, value, allowed);
    return Optional.empty();
  }

  @Override
  public List<Integer> integers(String key, List<Integer> otherwise, int least, int most) {
    return items(
        key,
        otherwise,
        range("a whole number", least, most),
        List.of(),
        s -> whole(s, least, most).map(Math::toIntExact));
  }

  @Override
  public List<String> choices(String key, List<String> otherwise, List<String> words) {
    return items(
        key,
        otherwise,
        String.join(", ", words),
        words,
        s -> Optional.of(s.text()).filter(words::contains));
  }

  /** Different values, at least one, each read by {@code reading}. */
  <T> List<T> items(
      String key,
      List<T> otherwise,
      String allowed,
      Collection<String> words,
      Function<Scalar, Optional<T>> reading) {
    if (!has(key)) {
      return otherwise;
    }
    YamlNode value = entry(key).value();
    if (!(value instanceof Items list) || list.items().isEmpty()) {
      String found = value instanceof Items ? "an empty list" : value.describe();
      problem(key, "found " + found + "; allowed: a list in [brackets], each " + allowed);
      return otherwise;
    }
    List<T> read = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      Optional<T> one = item instanceof Scalar s ? reading.apply(s) : Optional.empty();
      String at = path(key) + "[" + i + "]";
      if (one.isEmpty()) {
        String hint = item instanceof Scalar s ? Nearest.hint(s.text(), words).orElse("") : "";
        problems.add(item.place(), at, "found " + item.describe() + hint + "; allowed: " + allowed);
      } else if (read.contains(one.get())) {
        problems.add(item.place(), at, "found " + one.get() + " again; allowed: each once");
      } else {
        read.add(one.get());
      }
    }
    return read.isEmpty() ? otherwise : List.copyOf(read);
  }

  // --- Words for messages

  private void refuse(String key, YamlNode value, String allowed) {
    boolean empty = value instanceof Scalar scalar && scalar.isEmpty();
    String found = empty ? "has no value" : "found " + value.describe();
    String absent = empty && !required.contains(key) ? "no such key for its default, or " : "";
    problem(key, found + "; allowed: " + absent + allowed);
  }

  static Optional<Long> whole(Scalar scalar, long least, long most) {
    if (scalar.quoted()) {
      return Optional.empty();
    }
    return Numbers.whole(scalar.text())
        .filter(n -> n.compareTo(BigInteger.valueOf(least)) >= 0)
        .filter(n -> n.compareTo(BigInteger.valueOf(most)) <= 0)
        .map(BigInteger::longValueExact);
  }

  private static String range(String kind, long least, long most) {
    return Text.format("%s from %d to %d", kind, least, most);
  }

  private Scalar scalarAt(String key) {
    return (Scalar) entry(key).value();
  }

  /** Of a key that is there. */
  private Entry entry(String key) {
    return Objects.requireNonNull(node.entries().get(key), key);
  }

  private Place place(String key) {
    Entry entry = node.entries().get(key);
    return entry == null ? node.place() : entry.value().place();
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
