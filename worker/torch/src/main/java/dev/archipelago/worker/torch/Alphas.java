package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.worker.engine.Route.Mixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A mixture's alphas as a leaf of autograd, and the weights that follow from them, w = softmax
 * ((alphas + noise) / temperature). All rows are one matrix [R, O], short ones filled up with
 * options of weight 0.
 */
final class Alphas {
  private final List<Integer> lengths;
  private final int longest;
  private final TensorOptions options;
  private final Mixture mixture;
  private final Tensor leaf; // [R, O]
  private Optional<TensorVector> weights = Optional.empty(); // [R * O], each a scalar

  Alphas(Mixture mixture, TensorOptions options) {
    this.mixture = mixture;
    this.options = options;
    this.lengths = mixture.alphas().rows().stream().map(List::size).toList();
    this.longest = Collections.max(lengths);
    this.leaf = matrix(mixture.alphas(), 0).set_requires_grad(true);
  }

  Tensor leaf() {
    return leaf;
  }

  /** Begins a new graph from the alphas: once one was freed by its backward pass. */
  void renew() {
    Ragged noise = mixture.noise().orElse(mixture.alphas().map(alpha -> 0));
    Tensor moved = leaf.add(matrix(noise, Double.NEGATIVE_INFINITY));
    Tensor softmax = moved.mul(new Scalar(1 / mixture.temperature())).softmax(1);
    weights = Optional.of(softmax.flatten().unbind());
  }

  /** A scalar that the alphas' gradient flows through. */
  Tensor weight(int row, int option) {
    return weights.orElseThrow().get((long) row * longest + option);
  }

  /** Numbers as a matrix like the alphas'. */
  Tensor matrix(Ragged numbers, double filling) {
    double[] cells = new double[lengths.size() * longest];
    for (int i = 0; i < lengths.size(); i++) {
      for (int j = 0; j < longest; j++) {
        cells[i * longest + j] = j < lengths.get(i) ? numbers.get(i, j) : filling;
      }
    }
    long[] sizes = {lengths.size(), longest};
    Tensor matrix = torch.from_blob(new DoublePointer(cells), sizes, double64()).clone();
    return matrix.to(options.device(), options.dtype().toScalarType());
  }

  /** A matrix like the alphas' as numbers. */
  Ragged numbers(Tensor matrix) {
    double[] cells = new double[lengths.size() * longest];
    matrix.to(ScalarType.Double).cpu().contiguous().data_ptr_double().get(cells);
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < lengths.get(i); j++) {
        row.add(cells[i * longest + j]);
      }
      rows.add(row);
    }
    return new Ragged(rows);
  }

  private static TensorOptions double64() {
    return new TensorOptions(ScalarType.Double);
  }
}
