package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.Ragged;
import java.util.List;

/**
 * One round of work on weights that all networks of a space share: what a trial does that trains no
 * network of its own. Between rounds the controller holds what is learned of the architecture, and
 * a {@link dev.archipelago.protocol.space.Supernet}'s weights lie in the store as one blob.
 *
 * @param net which supernet
 * @param weights with which it begins
 * @param released SHA-256 of blobs that nothing refers to any more once this round has ended
 */
public record Round(Net net, Weights weights, Work work, List<String> released) {
  public Round {
    released = List.copyOf(released);
  }

  /** Which of a space's supernets. */
  public sealed interface Net {
    /** {@link dev.archipelago.protocol.space.SharedSpace#supernet}. */
    record Paths() implements Net {}

    /**
     * {@link dev.archipelago.protocol.space.RelaxedSpace#relaxed}.
     *
     * @param channelShare 1, or k for partial channels: one in k goes through an edge's operations
     */
    record Relaxed(int channelShare) implements Net {}
  }

  /** Where a round's weights come from. */
  public sealed interface Weights {
    /**
     * @param seed equal seeds give equal weights, in whatever round and part
     */
    record Fresh(long seed) implements Weights {}

    /**
     * Of one blob, or of several merged: parameter by parameter, and its momentum, the mean weighed
     * by how often each round updated it; where none did, the first's. Batch norms' statistics are
     * plain means.
     *
     * @param blobs SHA-256 of each, in the order of merging
     */
    record Stored(List<String> blobs) implements Weights {
      public Stored {
        blobs = List.copyOf(blobs);
        if (blobs.isEmpty()) {
          throw new IllegalArgumentException("stored weights are of one blob at least");
        }
      }
    }
  }

  /** What is done. A path has one option for every row of the supernet. */
  public sealed interface Work {
    /** Steps of training, or paths to be scored. */
    int size();

    /** Trains the weights along one path a step, in the order of the paths. */
    record TrainPaths(List<List<Integer>> paths, Descent descent) implements Work {
      public TrainPaths {
        paths = paths.stream().map(List::copyOf).toList();
      }

      @Override
      public int size() {
        return paths.size();
      }
    }

    /** Scores every path with the weights as they are; {@link RoundReport#scores} in this order. */
    record ScorePaths(List<List<Integer>> paths, Scoring scoring) implements Work {
      public ScorePaths {
        paths = paths.stream().map(List::copyOf).toList();
      }

      @Override
      public int size() {
        return paths.size();
      }
    }

    /**
     * Steps of DARTS (arXiv:1806.09055v2, Algorithm 1): in each, the alphas descend on one half of
     * the training examples, then the weights on the other. The weights of the mixture on held-out
     * examples are scored at the end: {@link Measurement#validation}.
     *
     * @param steps at least 1
     * @param curvature iterations of the power method for the largest eigenvalue of the loss's
     *     Hessian in alpha, on held-out examples at the end; 0 for none
     * @param scoring of the mixture at the end
     */
    record Bilevel(
        Alphas alphas,
        int steps,
        Descent descent,
        AlphaRule rule,
        Relaxation relaxation,
        Order order,
        int curvature,
        Scoring scoring)
        implements Work {
      @Override
      public int size() {
        return steps;
      }
    }
  }

  /**
   * SGD on the weights over several rounds: the learning rate falls along a cosine from {@code
   * learningRate} to {@code lowest} over {@code total} steps, of which this round's begin at {@code
   * from}.
   *
   * @param gradientClip the largest gradient norm; 0 for no clipping
   */
  public record Descent(
      double learningRate,
      double lowest,
      double momentum,
      double weightDecay,
      double gradientClip,
      int from,
      int total) {
    /**
     * @param step of this round, from 0
     */
    public double rate(int step) {
      double progress = Math.min(1, (double) (from + step) / total);
      return lowest + (learningRate - lowest) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }
  }

  /**
   * Which held-out examples a score is of.
   *
   * @param batches how many; 0 for all of them
   * @param first index of the first batch among all, taken modulo their number
   * @param recalibration training batches by which batch norms measure their statistics anew for
   *     each path; 0 normalises every batch by its own
   */
  public record Scoring(int batches, int first, int recalibration) {}

  /**
   * Adam on the alphas (Kingma and Ba 2015, arXiv:1412.6980v9, Algorithm 1), weight decay added to
   * the gradient.
   *
   * @param learningRate 0 leaves the alphas as they are, and computes no gradient
   */
  public record AlphaRule(double learningRate, double beta1, double beta2, double weightDecay) {}

  /** How alphas become the weights of a choice. Temperatures are above 0. */
  public sealed interface Relaxation {
    double temperature();

    /** softmax(alpha / temperature). */
    record Softmax(double temperature) implements Relaxation {}

    /**
     * One operation a row, drawn anew in each step from softmax((alpha + Gumbel noise) /
     * temperature), the gradient passing straight through (GDAS, arXiv:1910.04465, §3.2).
     */
    record Gumbel(double temperature) implements Relaxation {}
  }

  /** How the alphas' gradient sees that the weights follow (arXiv:1806.09055v2, §2.3). */
  public enum Order {
    /** It does not: xi = 0. */
    FIRST,
    /** Through one unrolled step, Eq. 7, the Hessian-vector product exact by double backward. */
    SECOND,
    /** As SECOND, the product by central differences, Eq. 8. */
    SECOND_BY_DIFFERENCES
  }

  /**
   * What is learned of the architecture, with Adam's memory of it.
   *
   * @param values one number for each option of each row
   * @param first Adam's mean of gradients
   * @param second Adam's mean of their squares
   * @param updates how often they were changed
   */
  public record Alphas(Ragged values, Ragged first, Ragged second, long updates) {}
}
