package dev.archipelago.worker.engine;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import java.nio.FloatBuffer;

/** Examples in arrays, shuffled by the pass's generator or in their order; a fake for tests. */
public final class ArraySource implements BatchSource {
  private final Task task;
  private final float[] images; // [N, C, H, W]
  private final int[] labels; // [N]
  private final boolean shuffled;
  private final int[] order;
  private int position;

  public ArraySource(Task task, float[] images, int[] labels, boolean shuffled) {
    if (images.length != labels.length * task.input().elements()) {
      throw new IllegalArgumentException(labels.length + " labels, " + images.length + " values");
    }
    this.task = task;
    this.images = images;
    this.labels = labels;
    this.shuffled = shuffled;
    this.order = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** Images of noise whose class shows as a bright patch: a net learns it in a few dozen steps. */
  public static ArraySource patches(Task task, int size, long seed, boolean shuffled) {
    SplitMix64 random = new SplitMix64(seed);
    int elements = Math.toIntExact(task.input().elements());
    float[] images = new float[size * elements];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(task.classes());
      for (int j = 0; j < elements; j++) {
        float noise = (float) (random.nextDouble() * 2 - 1);
        boolean bright = j * task.classes() / elements == labels[i];
        images[i * elements + j] = bright ? noise + 1 : noise;
      }
    }
    return new ArraySource(task, images, labels, shuffled);
  }

  /** Tokens of noise, labelled with the fourth of them: what a recurrent net must remember. */
  public static ArraySource echoes(Task task, int size, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int length = Math.toIntExact(task.input().elements());
    float[] tokens = new float[size * length];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < length; j++) {
        tokens[i * length + j] = random.nextInt(task.classes());
      }
      labels[i] = (int) tokens[i * length + 3];
    }
    return new ArraySource(task, tokens, labels, false);
  }

  /** The first examples as one batch. */
  public Batch batch(int size) {
    Batch batch = new Batch(size, Math.toIntExact(task.input().elements()));
    begin(new SplitMix64(0));
    next(batch);
    return batch;
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public void begin(SplitMix64 random) {
    position = 0;
    if (shuffled) {
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      random.shuffle(order);
    }
  }

  @Override
  public boolean next(Batch batch) {
    int count = Math.min(batch.capacity(), labels.length - position);
    FloatBuffer target = batch.images();
    for (int i = 0; i < count; i++) {
      int image = order[position++];
      target.put(i * batch.elements(), images, image * batch.elements(), batch.elements());
      batch.labels()[i] = labels[image];
    }
    batch.size(count);
    return count > 0;
  }
}
