package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.weights.Safetensors;
import dev.archipelago.worker.weights.WeightStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors into the store and back, for those who cannot do without. A blob that is missing fails
 * the trial, to be tried again: another worker, or this one later, may do better.
 */
record Tensors(WeightStore store) {

  /**
   * @param what they are, for the error: "shared weights"
   * @throws EngineException DATA where the blob is not to be had
   */
  Map<String, float[]> read(String blob, String what) {
    return parsed(blob, what, Safetensors::read);
  }

  /**
   * As {@link #read}, without what has the name of one of some parameters, and another shape.
   *
   * @throws EngineException as above
   */
  Map<String, float[]> readAgreeing(String blob, List<Parameter> wanted, String what) {
    return parsed(
        blob,
        what,
        bytes -> {
          Map<String, float[]> tensors = Safetensors.read(bytes);
          Map<String, List<Integer>> found = Safetensors.shapes(bytes);
          for (Parameter parameter : wanted) {
            if (!parameter.dimensions().equals(found.get(parameter.name()))) {
              tensors.remove(parameter.name());
            }
          }
          return tensors;
        });
  }

  private interface Parser {
    Map<String, float[]> parse(byte[] bytes) throws IOException;
  }

  private Map<String, float[]> parsed(String blob, String what, Parser parser) {
    byte[] bytes =
        store
            .get(blob)
            .orElseThrow(
                () -> failure("the %s %s are not in the weight store".formatted(what, blob)));
    try {
      return parser.parse(bytes);
    } catch (IOException e) {
      throw failure("the %s %s cannot be read: %s".formatted(what, blob, e.getMessage()));
    }
  }

  /**
   * @param held the tensors' parameters, for their shapes
   * @return the blob's SHA-256
   * @throws EngineException DATA where the store has no room, or the blob is over 2 GiB
   */
  String write(Map<String, float[]> tensors, List<Parameter> held, String what) {
    try {
      return store.put(Safetensors.write(tensors, shapes(held)));
    } catch (IOException | ArithmeticException e) {
      throw failure("the %s cannot be kept: %s".formatted(what, e.getMessage()));
    }
  }

  /** Of parameters and of their momentum. */
  static Map<String, List<Integer>> shapes(List<Parameter> held) {
    Map<String, List<Integer>> shapes = new HashMap<>();
    for (Parameter parameter : held) {
      shapes.put(parameter.name(), parameter.dimensions());
      shapes.put(parameter.name() + Network.MOMENTUM, parameter.dimensions());
    }
    return shapes;
  }

  static EngineException failure(String message) {
    return new EngineException(new TrialFailure(Category.DATA, true, message));
  }
}
