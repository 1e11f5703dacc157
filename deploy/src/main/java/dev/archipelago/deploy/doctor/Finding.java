package dev.archipelago.deploy.doctor;

/**
 * One thing that was looked at.
 *
 * @param remedy what to do about it; empty where nothing needs to be done
 */
public record Finding(Grade grade, String subject, String text, String remedy) {

  /** How bad it is. */
  public enum Grade {
    OK,
    /** Works, but not as well as it could. */
    WARN,
    /** Does not work. */
    FAIL
  }

  static Finding ok(String subject, String text) {
    return new Finding(Grade.OK, subject, text, "");
  }

  static Finding warn(String subject, String text, String remedy) {
    return new Finding(Grade.WARN, subject, text, remedy);
  }

  static Finding fail(String subject, String text, String remedy) {
    return new Finding(Grade.FAIL, subject, text, remedy);
  }
}
