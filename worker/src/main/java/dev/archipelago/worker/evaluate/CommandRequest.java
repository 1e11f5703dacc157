package dev.archipelago.worker.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Training;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a program of the user's is told: all of it on standard input as one JSON document ({@code
 * docs/spec.md} lists the fields), and what libraries look for in the environment.
 *
 * @param datasetPath where the data set's files are, or what the user gave; empty where the worker
 *     has none
 * @param device of the worker, {@code cpu} or {@code cuda:0}
 */
record CommandRequest(
    Assignment assignment, Evaluation.Command command, String datasetPath, String device) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VISIBLE_GPUS = "CUDA_VISIBLE_DEVICES";
  private static final String GPU = "cuda:";

  String document() {
    Training training = assignment.training();
    ObjectNode document = JSON.createObjectNode();
    document
        .put("search", assignment.trial().search().toString())
        .put("trial", assignment.trial().number())
        .put("attempt", assignment.attempt())
        .put("stage", assignment.stage().label())
        .put("configuration", command.configuration());
    ObjectNode architecture = document.putObject("architecture");
    command.architecture().forEach(architecture::put);
    document
        .put("epochs", command.until())
        .put("max_epochs", training.epochs())
        .put("seed", assignment.seed())
        .put("threads", training.threads())
        .put("batch", training.batchSize())
        .put("learning_rate", training.learningRate())
        .put("momentum", training.momentum())
        .put("weight_decay", training.weightDecay())
        .put("gradient_clip", training.gradientClip())
        .put("precision", training.precision().label());
    document
        .putObject("augmentation")
        .put("crop_padding", training.augmentation().cropPadding())
        .put("flip", training.augmentation().flip());
    DatasetRef dataset = assignment.dataset();
    Shape input = dataset.task().input();
    ObjectNode data =
        document
            .putObject("dataset")
            .put("name", dataset.name())
            .put("path", datasetPath)
            .put("limit", dataset.limit())
            .put("channels", input.channels())
            .put("height", input.height())
            .put("width", input.width())
            .put("classes", dataset.task().classes());
    if (dataset.examples() instanceof Examples.Rows rows) {
      data.put("label", rows.label()).put("test", rows.test());
    } else if (dataset.examples() instanceof Examples.Windows windows) {
      data.put("window", windows.length());
    }
    document
        .putObject("split")
        .put("seed", assignment.split().seed())
        .put("validation_fraction", assignment.split().validationFraction());
    // Only its own GPU is visible to the program, as the first one.
    document.put("device", isOnGpu() ? GPU + "0" : "cpu");
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts has a JSON form", e);
    }
  }

  /**
   * Additions to the worker's own environment.
   *
   * @param own the worker's, whose choice of GPUs the device's number counts in
   */
  Map<String, String> environment(Map<String, String> own) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ARCHIPELAGO_SEARCH", assignment.trial().search().toString());
    environment.put("ARCHIPELAGO_TRIAL", Integer.toString(assignment.trial().number()));
    environment.put("ARCHIPELAGO_ATTEMPT", Integer.toString(assignment.attempt()));
    environment.put("ARCHIPELAGO_STAGE", assignment.stage().label());
    environment.put("ARCHIPELAGO_SEED", Long.toString(assignment.seed()));
    environment.put("OMP_NUM_THREADS", Integer.toString(assignment.training().threads()));
    environment.put(VISIBLE_GPUS, isOnGpu() ? gpu(own.getOrDefault(VISIBLE_GPUS, "")) : "");
    return environment;
  }

  private boolean isOnGpu() {
    return device.startsWith("cuda");
  }

  /** {@code cuda:1} of a worker that sees GPUs 4 and 6 is GPU 6. */
  private String gpu(String visible) {
    int number = device.startsWith(GPU) ? Integer.parseInt(device.substring(GPU.length())) : 0;
    String[] seen = visible.isBlank() ? new String[0] : visible.split(",", -1);
    return number < seen.length ? seen[number].strip() : Integer.toString(number);
  }
}
