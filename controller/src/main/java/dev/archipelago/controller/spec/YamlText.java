package dev.archipelago.controller.spec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes block-style YAML, one key a line. */
final class YamlText {
  /** What no reader of YAML takes for a number, a boolean or nothing. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");

  private static final List<String> RESERVED =
      List.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "all");

  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  /** A value that is itself valid YAML. */
  void plain(String key, Object value) {
    text.append(indent).append(key).append(": ").append(value).append('\n');
  }

  void number(String key, double value) {
    plain(key, Numbers.write(value));
  }

  /** Any text; in quotes unless it is a plain word. */
  void text(String key, String value) {
    boolean word =
        WORD.matcher(value).matches() && !RESERVED.contains(value.toLowerCase(Locale.ROOT));
    plain(key, word ? value : quoted(value));
  }

  void list(String key, List<?> values) {
    plain(key, values.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
  }

  /** Any texts. */
  void texts(String key, List<String> values) {
    plain(key, values.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  void map(String key, Runnable entries) {
    text.append(indent).append(key).append(":\n");
    String outer = indent;
    indent = outer + "  ";
    entries.run();
    indent = outer;
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
