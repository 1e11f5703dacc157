package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.protocol.trial.DatasetRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows from a spec and is not written in it, in plain sentences. */
public final class SpecNotes {
  private static final int SURVEYED = 200;

  private final SearchSpec spec;
  private final List<String> notes = new ArrayList<>();

  private SpecNotes(SearchSpec spec) {
    this.spec = spec;
  }

  /** The notes for a spec that was parsed with this probe; the size of the search comes first. */
  public static List<String> of(SearchSpec spec, DatasetProbe probe) {
    DatasetRef dataset = spec.dataset();
    SpecNotes notes = new SpecNotes(spec);
    notes.space();
    notes.trials();
    notes.limits();
    HeldOut.of(spec, probe.trainingImages(dataset.name(), dataset.path()))
        .ifPresent(notes::validation);
    notes.notes.addAll(LatencyNotes.of(spec.objective()));
    notes.window();
    notes.placement();
    notes.reproducibility();
    return List.copyOf(notes.notes);
  }

  private void add(String form, Object... values) {
    notes.add(Text.format(form, values));
  }

  private void space() {
    BigInteger size = spec.space().size();
    int trials = spec.budget().trials();
    String count =
        size.bitLength() < 30
            ? Text.format("%,d", size)
            : new BigDecimal(size).round(new MathContext(2)).toString().replace("E+", "e");
    add(
        "The space has %s architectures in %d decisions.%s",
        count,
        spec.space().decisions().size(),
        size.compareTo(BigInteger.valueOf(trials)) < 0
            ? Text.format(" That is fewer than the %,d trials: some will be trained again.", trials)
            : "");
  }

  private void trials() {
    int perArm = spec.budget().trials();
    long networks = (long) perArm + retrained();
    Optional<Match> match = spec.baselines().random();
    if (match.filter(Match.TRIALS::equals).isPresent()) {
      add(
          "At most %,d networks are trained: for the search and for its random baseline each,"
              + " %s%s.",
          2 * networks, evaluated(perArm), longer());
    } else {
      add("The search trains at most %,d networks: %s%s.", networks, evaluated(perArm), longer());
    }
    if (match.filter(Match.DEVICE_SECONDS::equals).isPresent()) {
      add(
          "Its random baseline goes through the same stages in as much of the workers' time, but"
              + " begins at most %,d networks.",
          Match.DEVICE_SECONDS.most(perArm));
    }
    int references = spec.baselines().references().size();
    if (references > 0) {
      add(
          "Beside them %s trained for %s.",
          references == 1
              ? "1 published network is"
              : Text.format("%,d published networks are", references),
          epochs(spec.retraining().finalEpochs()));
    }
    if (match.isPresent() && spec.strategy().kind().equals("random")) {
      add("The baseline is the strategy itself, random search: the two differ by chance only.");
    }
    if (spec.strategy().settings().get("batch") instanceof Integer batch && batch > perArm) {
      add(
          "The strategy learns after %s results, but the budget gives %,d: it learns nothing.",
          batch, perArm);
    }
  }

  /** How many an arm trains again after its search. */
  private int retrained() {
    int top = spec.retraining().top();
    return top == 0 ? 0 : top + 1;
  }

  private String evaluated(int configurations) {
    List<Rung> rungs = spec.schedule().rungs();
    String epochs = epochs(spec.training().epochs());
    return rungs.size() == 1
        ? Text.format("%,d of %s", configurations, epochs)
        : Text.format(
            "%,d of up to %s (rungs %s)",
            configurations,
            epochs,
            rungs.stream().map(Rung::label).collect(Collectors.joining(", ")));
  }

  private String longer() {
    Retraining retraining = spec.retraining();
    return retraining.top() == 0
        ? ""
        : Text.format(
            ", the best %d again for %s, and the winner of these for %s",
            retraining.top(), epochs(retraining.epochs()), epochs(retraining.finalEpochs()));
  }

  private static String epochs(int count) {
    return count == 1 ? "1 epoch" : Text.format("%,d epochs", count);
  }

  private void limits() {
    Constraints limits = spec.constraints();
    if (limits.params().isEmpty() && limits.flops().isEmpty()) {
      return;
    }
    ConstraintSurvey survey = ConstraintSurvey.of(spec, SURVEYED);
    add(
        "Of %,d architectures drawn at random, %.0f %% keep within the constraints; the others are"
            + " refused before training and cost no budget.",
        survey.sampled(), 100.0 * survey.fitting() / survey.sampled());
  }

  private void validation(HeldOut images) {
    double error = Math.sqrt(0.9 * 0.1 / images.validation());
    add(
        "%,d %s are held out for validation: near 90 %% accuracy the standard error is %.2f"
            + " points, so that two networks less than %.1f points apart may well be equal.",
        images.validation(),
        spec.dataset().examples().noun(),
        100 * error,
        100 * 2 * Math.sqrt(2) * error);
  }

  private void window() {
    if (spec.order() == Order.PROPOSAL) {
      add(
          "At most %,d trials run at once (strategy.window), however many workers there are.",
          spec.window());
    }
  }

  private void placement() {
    if (!spec.placement().isAny()) {
      add("Only some workers may take its trials (placement): it wants %s.", spec.placement());
    }
  }

  private void reproducibility() {
    int before = notes.size();
    boolean measured = !(spec.evaluator() instanceof Evaluator.Table);
    if (spec.objective().measuresLatency()) {
      add(
          "Not reproducible: the reward holds a measured latency, which differs from run to run and"
              + " from machine to machine.");
      if (spec.placement().deviceName().isEmpty()) {
        add(
            "Rewards of trials on different devices cannot be compared: with workers of several"
                + " kinds, keep to one by placement.device and placement.device-name.");
      }
    }
    if (spec.budget().time().isPresent() && measured) {
      add(
          "Not reproducible: budget.time ends the search after %s, so that a faster machine tries"
              + " more.",
          Durations.write(spec.budget().time().get()));
    }
    if (spec.budget().deviceTime().isPresent() && measured) {
      add(
          "Not reproducible: budget.device-time ends the search after %s of the workers' time,"
              + " which is measured, so that faster devices try more.",
          Durations.write(spec.budget().deviceTime().get()));
    }
    if (spec.baselines().random().filter(Match.DEVICE_SECONDS::equals).isPresent() && measured) {
      add(
          "Not reproducible: the random baseline gets the same seconds of the workers' time, which"
              + " are measured; baseline: {kind: random, match: trials} gives it as many trials.");
    }
    if (spec.order() == Order.ARRIVAL && measured) {
      add(
          "Not reproducible: with order: arrival the proposals depend on which worker is done"
              + " first.");
    }
    if (notes.size() == before) {
      add(
          "Reproducible: spec and seed fix the sequence of proposals, whatever the number of"
              + " workers.");
    }
  }
}
