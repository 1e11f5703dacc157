package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route.Mixture;
import dev.archipelago.worker.engine.SharedNetwork.AlphaGradient;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Derivatives of a mixture's loss in its alphas, through the weights' next step where asked for
 * (Liu et al. 2019, arXiv:1806.09055v2, §2.3).
 *
 * <p>With w' = w - xi * (momentum * v + grad_w L_train(w, a) + decay * w), as the authors' code has
 * the step, the gradient of L_val(w'(a), a) is that of its second argument less xi * d/da (grad_w
 * L_train(w, a) . u), where u = grad_w' L_val(w', a) counts as constant (Eq. 7). Weights are moved
 * to w' in place and put back.
 *
 * <p><b>Checked by:</b> {@code AlphaGradientTest}, against finite differences of the objective.
 */
final class Architect {

  /** Mean cross entropy of a batch. */
  @FunctionalInterface
  interface Loss {
    /**
     * @param passes of this size that are held at once while the result is needed
     */
    Tensor of(Passage passage, Batch batch, Norms norms, int passes);
  }

  /** The length of the step of the central difference, times the norm of u (below Eq. 8). */
  private static final double EPSILON = 0.01;

  /**
   * The graph of the gradient beside that of the loss, and the other batch's: measured on cells of
   * two spaces, memory grew by 2.5 to 4 times what a step takes.
   */
  private static final int SECOND_ORDER = 3;

  private final Program program;
  private final Weights weights;
  private final Mixture mixture;
  private final Alphas alphas;
  private final Loss loss;

  Architect(Program program, Weights weights, Mixture mixture, TensorOptions options, Loss loss) {
    this.program = program;
    this.weights = weights;
    this.mixture = mixture;
    this.alphas = new Alphas(mixture, options);
    this.loss = loss;
  }

  AlphaGradient gradient(Batch training, Batch validation, Order order, Sgd virtual) {
    if (order == Order.FIRST) {
      Tensor lossNats = loss(passage(), validation, 1);
      return result(alphaGradient(lossNats, false), lossNats);
    }
    boolean exact = order == Order.SECOND;
    Passage passage = passage();
    BitSet used = passage.parameters();
    List<Tensor> leaves = weights.leaves(used);
    List<Tensor> slopes = gradients(loss(passage, training, SECOND_ORDER), leaves, exact);
    Tensor before = weights.values();
    try {
      still(() -> weights.unroll(used, slopes, virtual));
      List<Tensor> both = new ArrayList<>(leaves);
      both.add(alphas.leaf());
      Tensor lossNats = loss(passage(), validation, SECOND_ORDER);
      List<Tensor> seen = gradients(lossNats, both, false);
      Tensor direct = seen.get(leaves.size());
      List<Tensor> u = seen.subList(0, leaves.size());
      weights.reset(before);
      Tensor mixed = exact ? product(slopes, u) : difference(training, used, u, before);
      return result(direct.sub(mixed, new Scalar(virtual.learningRate())), lossNats);
    } finally {
      weights.reset(before);
    }
  }

  Ragged hessianProduct(Batch batch, Ragged vector) {
    Tensor slope = alphaGradient(loss(passage(), batch, SECOND_ORDER), true);
    return alphas.numbers(product(List.of(slope), List.of(alphas.matrix(vector, 0))));
  }

  /** d/da (g . u), for gradients g that were made with their own graph. */
  private Tensor product(List<Tensor> g, List<Tensor> u) {
    List<Tensor> terms = new ArrayList<>();
    List<Tensor> factors = new ArrayList<>();
    for (int i = 0; i < g.size(); i++) {
      if (g.get(i).requires_grad()) {
        terms.add(g.get(i));
        factors.add(u.get(i));
      }
    }
    if (terms.isEmpty()) {
      return torch.zeros_like(alphas.leaf());
    }
    TensorVector product =
        torch.grad(
            vector(terms),
            new TensorVector(alphas.leaf()),
            vector(factors),
            new BoolOptional(),
            false,
            true);
    Tensor gradient = product.get(0);
    return gradient.defined() ? gradient : torch.zeros_like(alphas.leaf());
  }

  /** d/da (grad_w L_train . u) by central differences, Eq. 8. */
  private Tensor difference(Batch training, BitSet used, List<Tensor> u, Tensor before) {
    double norm = Weights.norm(u);
    if (norm == 0) {
      return torch.zeros_like(alphas.leaf());
    }
    double epsilon = EPSILON / norm;
    still(() -> weights.move(used, u, epsilon));
    Tensor up = alphaGradient(loss(passage(), training, SECOND_ORDER), false);
    weights.reset(before);
    still(() -> weights.move(used, u, -epsilon));
    Tensor down = alphaGradient(loss(passage(), training, SECOND_ORDER), false);
    weights.reset(before);
    return up.sub(down).mul(new Scalar(1 / (2 * epsilon)));
  }

  private Passage passage() {
    alphas.renew();
    return program.along(MixtureSelection.of(mixture, alphas));
  }

  private Tensor loss(Passage passage, Batch batch, int passes) {
    return loss.of(passage, batch, Norms.BATCH, passes);
  }

  private Tensor alphaGradient(Tensor lossNats, boolean again) {
    return gradients(lossNats, List.of(alphas.leaf()), again).get(0);
  }

  /**
   * @param again whether the gradients shall be differentiated themselves
   */
  private List<Tensor> gradients(Tensor lossNats, List<Tensor> leaves, boolean again) {
    TensorVector gradients =
        torch.grad(
            new TensorVector(lossNats),
            vector(leaves),
            new TensorVector(),
            new BoolOptional(),
            again,
            true);
    List<Tensor> list = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Tensor gradient = gradients.get(i);
      list.add(gradient.defined() ? gradient : torch.zeros_like(leaves.get(i)));
    }
    return list;
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(new Tensor[0]));
  }

  private static void still(Runnable work) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      work.run();
    }
  }

  private AlphaGradient result(Tensor gradient, Tensor lossNats) {
    return new AlphaGradient(alphas.numbers(gradient), lossNats.item_double());
  }
}
