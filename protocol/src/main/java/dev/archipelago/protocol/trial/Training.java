package dev.archipelago.protocol.trial;

/**
 * How a network is trained: SGD with momentum, a learning rate that falls along a cosine from
 * {@code learningRate} to 0 over all steps, weight decay, and clipping of the gradient's norm.
 *
 * @param epochs passes over the training images, at least 1
 * @param batchSize images a step, at least 1
 * @param gradientClip the largest gradient norm; 0 for no clipping
 * @param threads CPU threads an engine uses; part of the training because sums depend on it
 * @param precision of its steps
 */
public record Training(
    int epochs,
    int batchSize,
    double learningRate,
    double momentum,
    double weightDecay,
    double gradientClip,
    Augmentation augmentation,
    int threads,
    Precision precision) {

  /** What is done to training images: a padded random crop, a horizontal flip with chance 1/2. */
  public record Augmentation(int cropPadding, boolean flip) {
    public static final Augmentation NONE = new Augmentation(0, false);

    public Augmentation {
      if (cropPadding < 0) {
        throw new IllegalArgumentException("crop padding starts at 0, got " + cropPadding);
      }
    }
  }

  public Training {
    if (epochs < 1 || batchSize < 1 || threads < 1) {
      throw new IllegalArgumentException("epochs, batch size and threads start at 1");
    }
  }

  /** In float32. */
  public Training(
      int epochs,
      int batchSize,
      double learningRate,
      double momentum,
      double weightDecay,
      double gradientClip,
      Augmentation augmentation,
      int threads) {
    this(
        epochs,
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        gradientClip,
        augmentation,
        threads,
        Precision.FLOAT32);
  }

  public Training withEpochs(int other) {
    return new Training(
        other,
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        gradientClip,
        augmentation,
        threads,
        precision);
  }
}
