package dev.archipelago.controller.search;

import dev.archipelago.controller.space.Supernets;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.trial.Start.Continuation;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialId;
import java.util.Optional;

/** A leased trial as a worker is told of it. */
final class Assignments {
  private Assignments() {}

  static Assignment of(Search search, Trial trial) {
    SearchSpec spec = search.spec();
    Optional<Supernet> supernet =
        trial.round().map(round -> Supernets.of(spec.space(), round.net(), search.task()));
    return new Assignment(
        new TrialId(search.id(), trial.number()),
        trial.attempt(),
        trial.stage(),
        supernet.map(Supernet::plan).orElseGet(() -> search.plan(trial)),
        spec.dataset(),
        spec.split(),
        supernet
            .<Evaluation>map(net -> new Evaluation.Share(net.rows(), trial.round().orElseThrow()))
            .orElseGet(() -> evaluation(search, trial)),
        training(spec, trial),
        spec.profiling(),
        seed(search, first(search, trial)));
  }

  /**
   * By the trial's number. Where a baseline gets as much of the workers' time, the clock decides
   * how the arms' trials are mixed: there by its place in its own arm, so that what an arm's
   * strategy sees does not depend on how fast the other's networks trained.
   */
  private static long seed(Search search, Trial first) {
    SearchSpec spec = search.spec();
    if (spec.baselines().random().filter(Match.DEVICE_SECONDS::equals).isEmpty()) {
      return Seeds.training(spec.seed(), first.number());
    }
    long place =
        search
            .trials(first.arm(), first.stage())
            .takeWhile(trial -> trial.number() < first.number())
            .count();
    return Seeds.training(spec.seed(), first.arm(), first.stage(), place);
  }

  /** The first trial of the same configuration: all of them are one training. */
  private static Trial first(Search search, Trial trial) {
    Trial first = trial;
    while (first.lineage().parent().isPresent()) {
      first = search.trial(first.lineage().parent().getAsInt());
    }
    return first;
  }

  private static Training training(SearchSpec spec, Trial trial) {
    return switch (trial.stage()) {
      case SEARCH -> spec.training();
      case RETRAIN -> spec.training().withEpochs(spec.retraining().epochs());
      case FINAL -> spec.training().withEpochs(spec.retraining().finalEpochs());
    };
  }

  private static Evaluation evaluation(Search search, Trial trial) {
    SearchSpec spec = search.spec();
    Rung rung =
        trial.stage() == Stage.SEARCH
            ? spec.schedule().rung(trial.lineage().rung())
            : new Rung.Epochs(training(spec, trial).epochs());
    if (rung instanceof Rung.ZeroCost zeroCost) {
      return new Evaluation.ZeroCost(zeroCost.proxy());
    }
    int epochs = ((Rung.Epochs) rung).count();
    if (spec.evaluator() instanceof Evaluator.Table) {
      return new Evaluation.Lookup(trial.architecture(), epochs);
    }
    if (spec.evaluator() instanceof Evaluator.Program program) {
      return new Evaluation.Command(
          program.command(),
          program.timeout(),
          epochs,
          trial.ordinal(),
          search.space(trial.arm()).describe(trial.architecture()));
    }
    if (trial.lineage().lender().isPresent()) {
      int lender = trial.lineage().lender().getAsInt();
      return new Evaluation.Lent(
          lender, search.trial(lender).measurement().orElseThrow().validation().orElseThrow());
    }
    return new Evaluation.Train(epochs, start(search, trial), Heritage.heirs(search, trial));
  }

  private static Start start(Search search, Trial trial) {
    return trial.lineage().donor().isPresent()
        ? Heritage.start(search, trial)
        : continuation(search, trial).<Start>map(from -> from).orElseGet(Start.Fresh::new);
  }

  /** Empty where the rung below trained nothing, or nobody kept what it trained. */
  private static Optional<Continuation> continuation(Search search, Trial trial) {
    if (trial.lineage().parent().isEmpty()) {
      return Optional.empty();
    }
    Trial parent = search.trial(trial.lineage().parent().getAsInt());
    if (!(search.spec().schedule().rung(parent.lineage().rung()) instanceof Rung.Epochs before)) {
      return Optional.empty();
    }
    return parent
        .measurement()
        .flatMap(Measurement::checkpoint)
        .map(checkpoint -> new Continuation(checkpoint, before.count()));
  }
}
