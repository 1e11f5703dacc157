package dev.archipelago.protocol.trial;

/**
 * How the training examples are divided: images and rows stratified by class and fixed by the seed,
 * a text by position; the same for every trial of a search.
 *
 * @param validationFraction share held out for validation, in (0, 1)
 */
public record Split(long seed, double validationFraction) {
  public Split {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction must be between 0 and 1, got " + validationFraction);
    }
  }
}
