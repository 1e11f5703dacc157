package dev.archipelago.protocol.trial;

/**
 * How the training images are divided: stratified by class, fixed by the seed, the same for every
 * trial of a search.
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
