package dev.archipelago.controller.weights;

import java.io.IOException;

/** More bytes than a blob may have; none of them is kept. */
public final class BlobTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  /** For whoever sent it. */
  public static final String TEXT =
      "a blob of weights has at most " + WeightFiles.LARGEST + " bytes";

  public BlobTooLargeException() {
    super(TEXT);
  }
}
