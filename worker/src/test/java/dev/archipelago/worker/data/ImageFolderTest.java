package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path directory;

  @Test
  void readsTrainAndTestAsTheUserCutThem() throws IOException {
    for (int i = 0; i < 3; i++) {
      png("train/cat/" + i + ".png", 4, 10 + i);
      png("test/cat/" + i + ".png", 4, 20 + i);
      png("train/dog/" + i + ".png", 4, 110 + i);
    }
    png("test/dog/a.png", 4, 120);
    assertThat(probe(4)).isEqualTo(grey(4, 2));
    Dataset dataset = load(grey(4, 2));
    assertThat(firstPixels(dataset.train())).containsExactly(10, 11, 12, 110, 111, 112);
    assertThat(labels(dataset.train())).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(firstPixels(dataset.test())).containsExactly(20, 21, 22, 120);
    assertThat(labels(dataset.test())).containsExactly(0, 0, 0, 1);
  }

  @Test
  void holdsAFifthOfEachClassOutWhereThereIsNoCut() throws IOException {
    for (int i = 0; i < 20; i++) {
      png("zebra/" + i + ".png", 2, i);
    }
    for (int i = 0; i < 10; i++) {
      png("ant/" + i + ".png", 2, 100 + i);
    }
    Dataset dataset = load(grey(2, 2));
    assertThat(labels(dataset.test())).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(labels(dataset.train())).hasSize(24).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 1);
    int[] seen =
        IntStream.concat(
                Arrays.stream(firstPixels(dataset.train())),
                Arrays.stream(firstPixels(dataset.test())))
            .sorted()
            .toArray();
    assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    assertThat(firstPixels(load(grey(2, 2)).test())).isEqualTo(firstPixels(dataset.test()));
  }

  @Test
  void aNewImageHardlyChangesTheCut() throws IOException {
    for (int i = 0; i < 50; i++) {
      png("a/" + i + ".png", 1, i);
      png("b/" + i + ".png", 1, 100 + i);
    }
    List<List<Path>> before = FolderLayout.of(directory).test();
    png("a/new.png", 1, 99);
    List<List<Path>> after = FolderLayout.of(directory).test();
    assertThat(after.get(1)).isEqualTo(before.get(1));
    assertThat(after.get(0)).hasSize(10);
    assertThat(after.get(0).stream().filter(before.get(0)::contains)).hasSizeGreaterThan(8);
  }

  @Test
  void isGreyOnlyWhereEveryImageIs() throws IOException {
    png("a/1.png", 3, 10);
    png("a/2.png", 3, 20);
    png("b/1.png", 3, 30);
    png("b/2.png", 3, 40);
    assertThat(probe(3)).isEqualTo(grey(3, 2));
    BufferedImage red = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    red.setRGB(0, 0, 0x0a141e);
    write("b/2.png", red, "png");
    Task colour = new Task(new Shape(3, 3, 3), 2);
    assertThat(probe(3)).isEqualTo(colour);
    Dataset dataset = load(colour);
    assertThat(dataset.train().size() + dataset.test().size()).isEqualTo(4);
    ExampleSet with = dataset.train().label(1) == 1 ? dataset.train() : dataset.test();
    assertThat(with.task()).isEqualTo(colour);
    assertThatThrownBy(() -> load(grey(3, 2)).test()).hasMessageContaining("2.png is in colour");
  }

  @Test
  void decodesChannelsExactly() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xff0a141e);
    image.setRGB(1, 0, 0x80c8d2dc);
    Path colour = write("c.png", image, "png");
    assertThat(ImageDecoder.decode(colour, new Shape(3, 1, 2)))
        .containsExactly(10, (byte) 200, 20, (byte) 210, 30, (byte) 220);
    Path grey = png("g.png", 1, 77);
    assertThat(ImageDecoder.decode(grey, new Shape(1, 1, 1))).containsExactly(77);
    assertThat(ImageDecoder.decode(grey, new Shape(3, 1, 1))).containsExactly(77, 77, 77);
  }

  @Test
  void decodesSixteenBitsOneBitAndPalettes() throws IOException {
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x4dff);
    Path sixteen = write("16.png", deep, "png");
    assertThat(ImageHeader.isGrey(sixteen)).isTrue();
    assertThat(ImageDecoder.decode(sixteen, new Shape(1, 1, 1))).containsExactly(0x4d);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffff);
    Path one = write("1.png", bits, "png");
    assertThat(ImageDecoder.decode(one, new Shape(3, 1, 2))).startsWith(0, (byte) 255);
    BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.setRGB(0, 0, 0xff0000);
    Path palette = write("p.png", indexed, "png");
    assertThat(ImageHeader.isGrey(palette)).isFalse();
    assertThat(ImageDecoder.decode(palette, new Shape(3, 1, 1))).containsExactly((byte) 255, 0, 0);
  }

  @Test
  void readsJpegGreyAndColour() throws IOException {
    BufferedImage grey = flat(16, 90);
    Path greyFile = write("g.jpg", grey, "jpg");
    assertThat(ImageHeader.isGrey(greyFile)).isTrue();
    assertThat(ImageDecoder.decode(greyFile, new Shape(1, 1, 1))[0])
        .isBetween((byte) 88, (byte) 92);
    BufferedImage colour = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      colour.setRGB(i % 16, i / 16, 0x143c64);
    }
    Path file = write("c.jpeg", colour, "jpg");
    assertThat(ImageHeader.isGrey(file)).isFalse();
    byte[] rgb = ImageDecoder.decode(file, new Shape(3, 1, 1));
    assertThat(rgb[0]).isBetween((byte) 17, (byte) 23);
    assertThat(rgb[1]).isBetween((byte) 57, (byte) 63);
    assertThat(rgb[2]).isBetween((byte) 97, (byte) 103);
  }

  @Test
  void scalesToThirtyTwoUnlessTold() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      png(name, 50, 60);
    }
    assertThat(probe(0)).isEqualTo(grey(32, 2));
    assertThat(((ImageSet) load(grey(32, 2)).train()).pixels()).hasSize(2 * 1024).containsOnly(60);
    assertThatThrownBy(() -> probe(1025)).hasMessageContaining("1 to 1024");
    assertThatThrownBy(() -> probe(5000)).hasMessageContaining("got 5000");
  }

  @Test
  void namesAnImageThatCannotBeRead() throws IOException {
    for (String type : List.of("png", "jpg")) {
      BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 1600; i++) {
        noise.setRGB(i % 40, i / 40, 0x9e3779b9 * (i + 1));
      }
      Path file = write("whole." + type, noise, type);
      byte[] bytes = Files.readAllBytes(file);
      assertThat(ImageDecoder.decode(file, new Shape(3, 4, 4))).hasSize(48);
      for (int length : List.of(0, 1, 8, 20, bytes.length / 3, bytes.length * 3 / 4)) {
        Path cut = directory.resolve("cut." + type);
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> ImageDecoder.decode(cut, new Shape(3, 4, 4)))
            .as("%s of %s", length, bytes.length)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(cut.toString());
      }
    }
  }

  @Test
  void refusesWhatIsNoImage() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      png(name, 2, 60);
    }
    Files.writeString(directory.resolve("a/.DS_Store"), "ignored");
    assertThat(probe(2)).isEqualTo(grey(2, 2));
    Path text = Files.writeString(directory.resolve("b/labels.txt"), "some text, no picture");
    assertThatThrownBy(() -> probe(2))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(text + " is neither PNG nor JPEG");
    Files.writeString(text, "x");
    assertThatThrownBy(() -> probe(2)).hasMessageContaining(text + " is cut short");
    Files.delete(text);
    Files.createDirectories(directory.resolve("b/more"));
    assertThatThrownBy(() -> probe(2)).hasMessageContaining("more is no image");
  }

  @Test
  void doesNotDecodeTestImagesBeforeTheyAreAskedFor() throws IOException {
    for (String name : List.of("train/a/1.png", "train/b/1.png", "test/a/1.png")) {
      png(name, 2, 60);
    }
    Path broken = directory.resolve("test/b/1.png");
    Files.createDirectories(directory.resolve("test/b"));
    Files.writeString(broken, "spoilt");
    Dataset dataset = load(grey(2, 2));
    assertThat(dataset.train().size()).isEqualTo(2);
    assertThatThrownBy(dataset::test).hasMessageContaining(broken.toString());
  }

  @Test
  void saysWhatALayoutLacks() throws IOException {
    assertThatThrownBy(() -> FolderLayout.of(directory.resolve("nowhere")))
        .hasMessageContaining("nowhere is no directory");
    assertThatThrownBy(() -> FolderLayout.of(directory)).hasMessageContaining("at least 2 classes");
    png("train/a/1.png", 1, 1);
    png("train/b/1.png", 1, 1);
    assertThatThrownBy(() -> FolderLayout.of(directory))
        .hasMessageContaining(directory.resolve("test") + " is missing");
    png("test/a/1.png", 1, 1);
    png("test/c/1.png", 1, 1);
    assertThatThrownBy(() -> FolderLayout.of(directory))
        .hasMessageContaining("has classes [a, b], but")
        .hasMessageContaining("has [a, c]");
    Files.createDirectories(directory.resolve("other/a"));
    png("other/b/1.png", 1, 1);
    assertThatThrownBy(() -> FolderLayout.of(directory.resolve("other")))
        .hasMessageContaining("a holds no images");
    png("other/a/1.png", 1, 1);
    assertThatThrownBy(() -> FolderLayout.of(directory.resolve("other")))
        .hasMessageContaining("its class's only image");
  }

  @Test
  void checkCountsClassesAndNamesBrokenImages() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      png(name, 2, 60);
    }
    Path broken = Files.writeString(directory.resolve("b/3.png"), "spoilt, and long enough");
    List<FileReport> reports = new Datasets(directory).check("folder", directory.toString());
    assertThat(reports).extracting(FileReport::good).containsExactly(true, false, false);
    assertThat(reports.get(0).finding())
        .isEqualTo("1 training images, 1 test images, 0 unreadable");
    assertThat(reports.get(2).file()).isEqualTo(broken.toString());
  }

  private static Task grey(int size, int classes) {
    return new Task(new Shape(1, size, size), classes);
  }

  private Task probe(int imageSize) {
    return new Datasets(directory)
        .probe("folder", directory.toString(), new Examples.Images(imageSize));
  }

  private Dataset load(Task task) {
    return new Datasets(directory).load(new DatasetRef("folder", directory.toString(), task, 0));
  }

  private Path png(String name, int size, int grey) throws IOException {
    return write(name, flat(size, grey), "png");
  }

  private static BufferedImage flat(int size, int grey) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    int[] samples = new int[size * size];
    Arrays.fill(samples, grey);
    raster.setSamples(0, 0, size, size, 0, samples);
    return image;
  }

  private Path write(String name, BufferedImage image, String type) throws IOException {
    Path file = directory.resolve(name);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    assertThat(ImageIO.write(image, type, file.toFile())).isTrue();
    return file;
  }

  private static int[] firstPixels(ExampleSet examples) {
    ImageSet set = (ImageSet) examples;
    int image = Math.toIntExact(set.task().input().elements());
    int[] firsts = new int[set.size()];
    Arrays.setAll(firsts, i -> set.pixels()[i * image] & 0xff);
    return firsts;
  }

  private static int[] labels(ExampleSet set) {
    int[] labels = new int[set.size()];
    Arrays.setAll(labels, set::label);
    return labels;
  }
}
