package dev.archipelago.worker.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.ArraySource;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Network.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelFileTest {
  private static final Task TASK = new Task(new Shape(3, 9, 7), 4);
  private static final int IMAGES = 3;

  @TempDir private Path directory;

  @Test
  void plainDeeplearning4jReadsChains() throws IOException {
    ChainSpace chains = new ChainSpace(3, List.of(3, 5), List.of(1, 2), List.of(4, 6), true);
    checkPlain(chains.decode(chains.sample(new SplitMix64(5)), TASK));
  }

  @Test
  void plainDeeplearning4jReadsTheLayersOfCellsAndMobileNetworks() throws IOException {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    int stem = plan.add("stem", new Layer.Conv(4, 3, 3, 2, 1, 1, true), plan.input());
    int dilated = plan.add("dilated", new Layer.Conv(4, 3, 3, 1, 2, 4, false), stem);
    int norm = plan.add("norm", new Layer.BatchNorm(), dilated);
    int capped = plan.add("capped", new Layer.Relu6(), norm);
    int grouped = plan.add("grouped", new Layer.Conv(4, 3, 3, 1, 1, 2, true), capped);
    int swish = plan.add("swish", new Layer.HardSwish(), grouped);
    int gate = plan.add("gate", new Layer.GlobalAvgPool(), swish);
    int hard = plan.add("hard", new Layer.HardSigmoid(), gate);
    int scaled = plan.add("scaled", new Layer.Scale(), swish, hard);
    int highest = plan.add("highest", new Layer.MaxPool(3, 1), scaled);
    int mean = plan.add("mean", new Layer.AvgPool(3, 1), plan.add("relu", new Layer.Relu(), stem));
    int sum = plan.add("sum", new Layer.Add(), highest, mean);
    int joined = plan.add("joined", new Layer.Concat(), sum, stem);
    checkPlain(plan.classifier(joined, TASK.classes()));
  }

  /** No class of ours is in the file, and what its reader gets predicts the same. */
  private void checkPlain(NetworkPlan plan) throws IOException {
    assertThat(ModelFile.needs(plan)).isEmpty();
    assertThat(configuration(checkRoundTrip(plan))).doesNotContain("archipelago");
  }

  private Path checkRoundTrip(NetworkPlan plan) throws IOException {
    Batch batch = ArraySource.patches(TASK, IMAGES, 3, false).batch(IMAGES);
    float[] logits = new float[IMAGES * TASK.classes()];
    Map<String, float[]> weights;
    try (Network network = Dl4jEngine.onCpu().compile(plan, 1, 1)) {
      network.step(batch, new Sgd(0.05, 0.9, 0, 1));
      network.infer(batch, logits);
      weights = network.weights();
    }
    Path file = written(plan, weights);
    Map<String, float[]> read = ModelFile.read(plan, file);
    assertThat(read.keySet()).containsExactlyElementsOf(weights.keySet());
    weights.forEach((name, values) -> assertThat(read.get(name)).as(name).containsExactly(values));

    float[] probabilities = predictedByOrdinaryBuild(file, batch);
    for (int i = 0; i < IMAGES; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        sum += Math.exp(logits[i * 4 + j]);
      }
      for (int j = 0; j < 4; j++) {
        double expected = Math.exp(logits[i * 4 + j]) / sum;
        assertThat((double) probabilities[i * 4 + j]).isCloseTo(expected, within(1e-4));
      }
    }
    return file;
  }

  /** As ND4J's build without oneDNN does, which is the one that most programs have. */
  private static float[] predictedByOrdinaryBuild(Path file, Batch batch) throws IOException {
    Nd4j.getEnvironment().allowHelpers(false);
    try {
      ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
      INDArray images = Nd4j.create(DataType.FLOAT, batch.size(), 3, 9, 7);
      images.data().asNioFloat().put(batch.images().duplicate());
      return graph.outputSingle(images).dup('c').data().asFloat();
    } finally {
      Nd4j.getEnvironment().allowHelpers(true);
    }
  }

  private Path written(NetworkPlan plan, Map<String, float[]> weights) throws IOException {
    Path file = directory.resolve("model.zip");
    try (OutputStream target = Files.newOutputStream(file)) {
      ModelFile.write(plan, weights, target);
    }
    return file;
  }

  private static String configuration(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream text = zip.getInputStream(zip.getEntry("configuration.json"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void ourLayersAreReadWithThisJar() throws IOException {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    int larger = plan.add("larger", new Layer.Resize(11, 12), plan.input());
    int stem = plan.add("stem", new Layer.Conv(6, 3, 3, 1, 1, 1, true), larger);
    int dealt = plan.add("dealt", new Layer.Shuffle(2), stem);
    int highest = plan.add("highest", new Layer.MaxPool(4, 4), dealt);
    int mean = plan.add("mean", new Layer.AvgPool(4, 4), dealt);
    int zero = plan.add("zero", new Layer.Zero(plan.shape(mean)), plan.input());
    int sum = plan.add("sum", new Layer.Add(), highest, mean, zero);
    NetworkPlan network = plan.classifier(sum, TASK.classes());
    assertThat(ModelFile.needs(network))
        .containsExactlyInAnyOrder(
            "resizes a map",
            "deals channels out anew",
            "has even pools that hang over the end",
            "has a branch without input");
    checkRoundTrip(network);
  }

  @Test
  void refusesWeightsThatAreNotAllThere() {
    NetworkPlan plan = small(4);
    Map<String, float[]> weights = new HashMap<>(Initializer.weights(plan, 1));
    weights.put("conv.weight", new float[1]);
    weights.remove("norm.running_var");
    assertThatThrownBy(() -> ModelFile.write(plan, weights, OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv.weight, norm.running_var");
  }

  @Test
  void refusesAnotherNetworksFile() throws IOException {
    Path file = written(small(4), Initializer.weights(small(4), 1));
    assertThatThrownBy(() -> ModelFile.read(small(6), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.zip");
    PlanBuilder other = new PlanBuilder(TASK.input());
    int conv = other.add("other", Layer.Conv.of(4, 3, 3, 1), other.input());
    NetworkPlan plan = other.classifier(conv, TASK.classes());
    assertThatThrownBy(() -> ModelFile.read(plan, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no layer other");
    Path none = Files.writeString(directory.resolve("none.zip"), "no zip");
    assertThatThrownBy(() -> ModelFile.read(plan, none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.zip");
  }

  private static NetworkPlan small(int filters) {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    int conv = plan.add("conv", Layer.Conv.of(filters, 3, 3, 1), plan.input());
    int norm = plan.add("norm", new Layer.BatchNorm(), conv);
    return plan.classifier(norm, TASK.classes());
  }
}
