package dev.archipelago.controller.forecast;

import dev.archipelago.controller.forecast.Played.Tally;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import dev.archipelago.protocol.trial.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Plays a whole search: stage SEARCH as {@link SearchPlay} does, then the others. */
final class Rehearsal {
  private final SearchSpec spec;
  private final int workers;
  private final int most;
  private final List<Long> referenceFlops;

  /**
   * @param most configurations that are played; of a larger budget the rest costs in proportion
   */
  Rehearsal(SearchSpec spec, int workers, int most) {
    this.spec = spec;
    this.workers = workers;
    this.most = most;
    this.referenceFlops = referenceFlops(spec);
  }

  Played play(Measured measured, SplitMix64 chance) {
    Played search = new SearchPlay(spec, measured, workers, most, chance).play();
    Map<Part, Tally> parts = new EnumMap<>(search.parts());
    Map<Stage, Double> seconds = new EnumMap<>(search.seconds());
    int arms = spec.baselines().random().isPresent() ? 2 : 1;
    int finalists = arms * Math.min(spec.retraining().top(), spec.budget().trials());
    List<Double> retrain = new ArrayList<>();
    for (int i = 0; i < finalists; i++) {
      retrain.add(measured.cost(chance).seconds(spec.retraining().epochs()));
    }
    List<Double> last = new ArrayList<>();
    for (int i = 0; i < Math.min(arms, finalists); i++) {
      last.add(measured.cost(chance).seconds(finalEpochs()));
    }
    List<Double> references = new ArrayList<>();
    for (long flops : referenceFlops) {
      references.add(measured.cost(chance).scaledTo(flops).seconds(finalEpochs()));
    }
    put(parts, Part.RETRAIN, retrain);
    put(parts, Part.FINAL, last);
    put(parts, Part.REFERENCES, references);
    last.addAll(references);
    seconds.put(Stage.RETRAIN, inTurn(retrain));
    seconds.put(Stage.FINAL, inTurn(last));
    return new Played(parts, seconds, search.rungs());
  }

  /** The last training has the images that were held out, too; a program may have what it likes. */
  private double finalEpochs() {
    int epochs = spec.retraining().finalEpochs();
    if (spec.evaluator() instanceof Evaluator.Engine) {
      return epochs / (1 - spec.split().validationFraction());
    }
    return spec.evaluator() instanceof Evaluator.Table ? 2.0 * epochs : epochs;
  }

  private static void put(Map<Part, Tally> parts, Part part, List<Double> seconds) {
    if (!seconds.isEmpty()) {
      double sum = seconds.stream().mapToDouble(Double::doubleValue).sum();
      parts.put(part, new Tally(seconds.size(), sum));
    }
  }

  /** When the last ends if each begins, in this order, as soon as a worker is free. */
  private double inTurn(List<Double> trials) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int worker = 0; worker < Math.min(workers, trials.size()); worker++) {
      free.add(0.0);
    }
    double end = 0;
    for (double seconds : trials) {
      double done = free.remove() + seconds;
      end = Math.max(end, done);
      free.add(done);
    }
    return end;
  }

  private static List<Long> referenceFlops(SearchSpec spec) {
    if (spec.baselines().references().isEmpty()) {
      return List.of();
    }
    ReferenceSpace space = spec.baselines().space();
    List<Long> flops = new ArrayList<>();
    for (int number = 0; number < spec.baselines().references().size(); number++) {
      Architecture network = new Architecture(space.kind(), List.of(number));
      flops.add(PlanCost.of(space.decode(network, spec.dataset().task())).flops());
    }
    return flops;
  }
}
