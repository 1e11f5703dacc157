package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.worker.engine.Route.Mixture;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Sums weighed by numbers, or by what autograd sees of the alphas. */
final class MixtureSelection implements Selection {
  private final boolean hard;
  private final Ragged probabilities;
  private final Optional<Alphas> alphas;

  private MixtureSelection(boolean hard, Ragged probabilities, Optional<Alphas> alphas) {
    this.hard = hard;
    this.probabilities = probabilities;
    this.alphas = alphas;
  }

  /** For passes whose gradient in the alphas nobody asks for. */
  static MixtureSelection of(Mixture mixture) {
    return new MixtureSelection(mixture.hard(), probabilities(mixture), Optional.empty());
  }

  /** For passes whose gradient flows to these alphas. */
  static MixtureSelection of(Mixture mixture, Alphas alphas) {
    return new MixtureSelection(mixture.hard(), probabilities(mixture), Optional.of(alphas));
  }

  private static Ragged probabilities(Mixture mixture) {
    Ragged alphas = mixture.alphas();
    return mixture
        .noise()
        .map(noise -> alphas.with(noise, Double::sum))
        .orElse(alphas)
        .softmax(mixture.temperature());
  }

  @Override
  public boolean takes(int row, int option) {
    return !hard || option == strongest(probabilities.row(row));
  }

  /** The first of the largest. */
  private static int strongest(List<Double> row) {
    int best = 0;
    for (int i = 1; i < row.size(); i++) {
      if (row.get(i) > row.get(best)) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public Optional<Operation> combine(int row, List<Integer> options) {
    if (alphas.isPresent()) {
      Tensor[] weights = // []
          options.stream().map(o -> weight(alphas.get(), row, o)).toArray(Tensor[]::new);
      return Optional.of((in, norms) -> sum(in, weights));
    }
    if (hard) {
      return Optional.empty();
    }
    Scalar[] weights =
        options.stream().map(o -> new Scalar(probabilities.get(row, o))).toArray(Scalar[]::new);
    return Optional.of((in, norms) -> sum(in, weights));
  }

  /** w, or where the choice is hard 1 - stopped(w) + w: exactly 1, with the gradient of w. */
  private Tensor weight(Alphas leaf, int row, int option) {
    Tensor weight = leaf.weight(row, option);
    return hard ? weight.sub(weight.detach()).add(new Scalar(1)) : weight;
  }

  private static Tensor sum(Tensor[] candidates, Tensor[] weights) {
    Tensor sum = candidates[0].mul(weights[0]);
    for (int i = 1; i < candidates.length; i++) {
      sum.add_(candidates[i].mul(weights[i]));
    }
    return sum;
  }

  private static Tensor sum(Tensor[] candidates, Scalar[] weights) {
    Tensor sum = candidates[0].mul(weights[0]);
    for (int i = 1; i < candidates.length; i++) {
      sum.add_(candidates[i], weights[i]);
    }
    return sum;
  }
}
