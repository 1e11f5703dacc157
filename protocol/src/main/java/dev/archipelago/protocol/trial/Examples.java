package dev.archipelago.protocol.trial;

/** What one example of a data set is, and how it is taken out of the files. */
public sealed interface Examples {

  /** The kind, for messages: {@code images}. */
  String noun();

  /**
   * Labelled images.
   *
   * @param size height and width to which a folder's images are scaled; 0 for the data set's own
   */
  record Images(int size) implements Examples {
    public Images {
      if (size < 0) {
        throw new IllegalArgumentException("an image's size starts at 0, got " + size);
      }
    }

    @Override
    public String noun() {
      return "images";
    }
  }

  /**
   * Rows of a table: numbers, and a label.
   *
   * @param label the column of the label; empty for the last one
   * @param test a file of rows to test on; empty where a share of the table is set aside
   */
  record Rows(String label, String test) implements Examples {
    @Override
    public String noun() {
      return "rows";
    }
  }

  /**
   * Windows of a text, each labelled with the character that follows.
   *
   * @param length characters of a window, 1 to 4096
   */
  record Windows(int length) implements Examples {
    public Windows {
      if (length < 1 || length > 4096) {
        throw new IllegalArgumentException("a window has 1 to 4096 characters, got " + length);
      }
    }

    @Override
    public String noun() {
      return "windows";
    }
  }
}
