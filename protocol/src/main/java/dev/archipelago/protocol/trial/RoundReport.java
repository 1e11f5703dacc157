package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.trial.Round.Alphas;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Round} found, beside the weights that it left: {@link Measurement#checkpoint}.
 *
 * @param alphas after {@link Round.Work.Bilevel}
 * @param scores after {@link Round.Work.ScorePaths}, in the order of its paths
 * @param trainLossNats mean of the steps' losses of the weights; NaN where none was trained
 * @param alphaLossNats mean of the steps' losses of the alphas; NaN where they did not move
 * @param curvature the largest eigenvalue of the loss's Hessian in alpha; NaN where not asked for
 */
public record RoundReport(
    Optional<Alphas> alphas,
    List<Score> scores,
    double trainLossNats,
    double alphaLossNats,
    double curvature) {
  public RoundReport {
    scores = List.copyOf(scores);
  }
}
