package dev.archipelago.controller.strategy.predictor;

import dev.archipelago.controller.strategy.genotype.Archive;
import dev.archipelago.controller.strategy.genotype.ArchiveCodec;
import dev.archipelago.controller.strategy.genotype.StateCodec;

/** A {@link Survey} as bytes: its archive. */
final class SurveyCodec {
  private static final int FORMAT = 4;

  private SurveyCodec() {}

  static byte[] encode(Survey survey) {
    return StateCodec.encode(FORMAT, out -> ArchiveCodec.write(out, survey.archive()));
  }

  static Survey decode(Predictor settings, Archive empty, byte[] state) {
    return StateCodec.decode(
        FORMAT, state, in -> new Survey(settings, ArchiveCodec.read(in, empty)));
  }
}
