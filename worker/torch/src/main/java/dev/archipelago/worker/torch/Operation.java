package dev.archipelago.worker.torch;

import org.bytedeco.pytorch.Tensor;

/** One node: its inputs, in their order, to its output. */
@FunctionalInterface
interface Operation {
  Tensor apply(Tensor[] inputs, Norms norms);
}
