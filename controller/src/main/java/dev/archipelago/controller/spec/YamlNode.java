package dev.archipelago.controller.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document as a value that remembers where each part stands. */
sealed interface YamlNode {

  Place place();

  /** How a message names it. */
  String describe();

  /**
   * A word, number or text; what it means is up to the key.
   *
   * @param quoted whether it stood in quotes or in a block, so that it can only be text
   */
  record Scalar(String text, boolean quoted, Place place) implements YamlNode {
    private static final int MOST_SHOWN = 60;

    /** Nothing after the colon, {@code ~} or {@code null}. */
    boolean isEmpty() {
      return text.isBlank() || (!quoted && (text.equals("~") || text.equalsIgnoreCase("null")));
    }

    @Override
    public String describe() {
      String shown = text.codePointCount(0, text.length()) > MOST_SHOWN ? cut() : text;
      String printable = shown.replaceAll("\\p{Cntrl}", "?");
      return quoted ? "the text \"" + printable + "\" (in quotes)" : "\"" + printable + "\"";
    }

    private String cut() {
      return text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "...";
    }
  }

  /** Values in order. */
  record Items(List<YamlNode> items, Place place) implements YamlNode {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Keys with values, in the order of the file. */
  record Mapping(Map<String, Entry> entries, Place place) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The same with one value replaced or added. */
    Mapping with(String key, Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return new Mapping(changed, place);
    }

    @Override
    public String describe() {
      return "a map of keys";
    }
  }

  /** A value, and where its key stands. */
  record Entry(Place keyPlace, YamlNode value) {}
}
