package dev.archipelago.deploy.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.dl4j.Dl4jEngine;
import dev.archipelago.worker.dl4j.ModelFile;
import dev.archipelago.worker.engine.AgreementContract;
import dev.archipelago.worker.engine.ArraySource;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.torch.TorchEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines in one process, which no worker does: their natives live together, too. */
class EnginesAgreeTest extends AgreementContract {
  private final Engine torch = TorchEngine.onCpu();
  private final Engine dl4j = Dl4jEngine.onCpu();

  @TempDir private Path directory;

  @Override
  protected Engine one() {
    return torch;
  }

  @Override
  protected Engine other() {
    return dl4j;
  }

  @Test
  void aNetworkThatTorchTrainedIsAModelFileThatPredictsTheSame() throws IOException {
    Task task = new Task(new Shape(2, 9, 7), 3);
    PlanBuilder builder = new PlanBuilder(task.input());
    int conv = builder.add("conv", Layer.Conv.of(6, 3, 3, 2), builder.input());
    int norm = builder.add("norm", new Layer.BatchNorm(), conv);
    int depthwise = builder.add("depthwise", new Layer.Conv(6, 3, 3, 1, 1, 6, false), norm);
    NetworkPlan plan = builder.classifier(depthwise, task.classes());
    Batch batch = ArraySource.patches(task, 16, 3, false).batch(16);
    float[] expected = new float[16 * task.classes()];
    float[] logits = new float[16 * task.classes()];
    Path file = directory.resolve("winner.zip");
    try (Network trained = torch.compile(plan, 1, 1)) {
      for (int i = 0; i < 10; i++) {
        trained.step(batch, new Network.Sgd(0.1, 0.9, 0, 1));
      }
      trained.infer(batch, expected);
      try (OutputStream target = Files.newOutputStream(file)) {
        ModelFile.write(plan, trained.weights(), target);
      }
    }
    Map<String, float[]> weights = ModelFile.read(plan, file);
    try (Network reader = dl4j.compile(plan, 99, 1)) {
      assertThat(reader.load(weights)).isEqualTo(weights.size());
      reader.infer(batch, logits);
    }
    assertThat(logits).containsExactly(expected, Assertions.within(1e-4f));
  }
}
