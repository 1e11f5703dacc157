package dev.archipelago.controller.spec;

import java.util.Locale;

/** Text in the product's one language, whatever the machine's: 10,000 and 0.5. */
final class Text {
  private Text() {}

  static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
