package dev.archipelago.worker.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map of activations, example by example, and its transpose, which is its gradient. */
interface LinearMap {

  /**
   * @param x [N, C, H, W]
   * @return an array of its own
   */
  INDArray apply(INDArray x);

  /**
   * @param y of {@link #apply}'s shape
   * @param shape of what {@code apply} read
   * @return an array of its own
   */
  INDArray transpose(INDArray y, long[] shape);
}
