package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Gallery;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the CPU, as a device like any other. */
class GalleriesTest {
  private static final int IMAGES = 9;
  private static final int PADDING = 3;

  private final SplitMix64 random = new SplitMix64(4);
  private final Place place = place();

  private static Place place() {
    TorchEngine.onCpu().close(); // loads the library
    Device device = new Device("cpu");
    return new Place(device, Optional.of(new Galleries(device)));
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void cutsBitByBitWhatIsPainted() {
    for (Shape shape : new Shape[] {new Shape(3, 5, 7), new Shape(1, 6, 4)}) {
      Gallery gallery = gallery(shape);
      for (int round = 0; round < 20; round++) {
        Batch cropped = crops(gallery, 6, PADDING);
        float[] cut = floats(cropped, shape);
        assertThat(cropped.crops()).as("nobody asked for floats").isPresent();
        assertThat(cut).isEqualTo(painted(cropped));
      }
    }
  }

  @Test
  void seesBlackWhereACropIsOutsideAllOfItsImage() {
    Shape shape = new Shape(2, 3, 3);
    Batch cropped = crops(gallery(shape), 4, 2 * shape.height());
    assertThat(floats(cropped, shape)).isEqualTo(painted(cropped));
  }

  @Test
  void keepsTwoDataSetsAndGoesOnWithAThird() {
    Shape shape = new Shape(3, 4, 4);
    Gallery[] three = {gallery(shape), gallery(shape), gallery(shape)};
    for (int round = 0; round < 3; round++) {
      for (Gallery one : three) {
        Batch cropped = crops(one, 5, 1);
        assertThat(floats(cropped, shape)).isEqualTo(painted(cropped));
      }
    }
    assertThat(place.galleries().orElseThrow().haveRoom()).isTrue();
  }

  @Test
  void copiesABatchThatIsNoCrops() {
    Shape shape = new Shape(3, 4, 4);
    Batch batch = crops(gallery(shape), 5, 1);
    batch.images().put(7, 42);
    assertThat(batch.crops()).isEmpty();
    assertThat(floats(batch, shape)).isEqualTo(painted(batch)).contains(42);
  }

  /** [N, C, H, W]. */
  private float[] floats(Batch batch, Shape shape) {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = new Feed(shape, place, ScalarType.Float).images(batch).contiguous();
      float[] floats = new float[batch.size() * batch.elements()];
      images.data_ptr_float().get(floats);
      return floats;
    }
  }

  private static float[] painted(Batch batch) {
    float[] floats = new float[batch.size() * batch.elements()];
    batch.images().get(0, floats);
    return floats;
  }

  /** The last place of the batch is left empty. */
  private Batch crops(Gallery gallery, int capacity, int padding) {
    Batch batch = new Batch(capacity, Math.toIntExact(gallery.shape().elements()));
    batch.size(capacity - 1);
    for (int i = 0; i < batch.size(); i++) {
      int down = random.nextInt(2 * padding + 1) - padding;
      int right = random.nextInt(2 * padding + 1) - padding;
      batch.crop(gallery, i, random.nextInt(IMAGES), down, right, random.nextBoolean());
    }
    return batch;
  }

  private Gallery gallery(Shape shape) {
    byte[] pixels = new byte[IMAGES * Math.toIntExact(shape.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(Gallery.LEVELS);
    }
    float[][] levels = new float[shape.channels()][Gallery.LEVELS];
    for (float[] channel : levels) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextDouble();
      }
    }
    return new Gallery(shape, pixels, levels);
  }
}
