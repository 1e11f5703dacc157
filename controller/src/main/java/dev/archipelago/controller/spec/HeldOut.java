package dev.archipelago.controller.spec;

import java.util.Optional;
import java.util.OptionalInt;

/** How many of the training images a search trains on, and how many it holds out. */
record HeldOut(long training, long validation) {

  /** Empty where nobody knows how many images there are. */
  static Optional<HeldOut> of(SearchSpec spec, OptionalInt trainingImages) {
    int limit = spec.dataset().limit() == 0 ? Integer.MAX_VALUE : spec.dataset().limit();
    int images = Math.min(limit, trainingImages.orElse(Integer.MAX_VALUE));
    if (images == Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long validation = Math.round(images * spec.split().validationFraction());
    return Optional.of(new HeldOut(images - validation, validation));
  }
}
