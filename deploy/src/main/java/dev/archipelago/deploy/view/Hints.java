package dev.archipelago.deploy.view;

/**
 * Commands to be copied from the screen: they name the same server or data directory as the command
 * that printed them.
 *
 * @param options further options with a leading blank, or nothing
 */
public record Hints(String options) {
  public static final String PROGRAM = "./archipelago";

  public static final Hints PLAIN = new Hints("");

  /** {@code ./archipelago resume ID --data-dir DIR}. */
  public String command(String words) {
    return PROGRAM + " " + words + options;
  }
}
