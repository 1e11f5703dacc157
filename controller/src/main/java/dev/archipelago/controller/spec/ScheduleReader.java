package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Schedulers;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.spec.YamlNode.Scalar;
import dev.archipelago.protocol.trial.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code schedule}: how far to train what the strategy proposes. */
final class ScheduleReader {
  private static final int FACTOR = 3;
  private static final int MOST_RUNGS = 20;

  private ScheduleReader() {}

  /**
   * What was read.
   *
   * @param kind empty if there is no such kind
   * @param rungs empty where the spec says nothing
   */
  record Plan(Optional<SchedulerKind> kind, List<Rung> rungs) {
    /** Of the last rung. */
    OptionalInt epochs() {
      return !rungs.isEmpty() && rungs.get(rungs.size() - 1) instanceof Rung.Epochs last
          ? OptionalInt.of(last.count())
          : OptionalInt.empty();
    }
  }

  static Plan read(Section schedule) {
    Optional<String> name =
        schedule.has("kind")
            ? schedule.word("kind", Schedulers.kinds())
            : Optional.of(FullEvaluation.KIND);
    Optional<SchedulerKind> kind = name.map(known -> Schedulers.of(known, schedule));
    boolean full = name.filter(FullEvaluation.KIND::equals).isPresent();
    List<Rung> rungs = full ? List.of() : rungs(schedule);
    if (kind.isPresent()) {
      schedule.close();
    }
    return new Plan(kind, rungs);
  }

  private static List<Rung> rungs(Section schedule) {
    List<Rung> rungs =
        schedule.items(
            "rungs",
            List.of(),
            "a number of epochs, or first of all one of " + String.join(", ", Proxy.labels()),
            Proxy.labels(),
            ScheduleReader::rung);
    for (int i = 1; i < rungs.size(); i++) {
      boolean ascending =
          rungs.get(i) instanceof Rung.Epochs next
              && (!(rungs.get(i - 1) instanceof Rung.Epochs last) || last.count() < next.count());
      if (!ascending) {
        schedule.problem(
            "rungs",
            Text.format(
                "found %s after %s; allowed: at most one proxy, first, then epochs in ascending"
                    + " order",
                rungs.get(i).label(), rungs.get(i - 1).label()));
        break;
      }
    }
    if (rungs.size() > MOST_RUNGS) {
      schedule.problem("rungs", "found " + rungs.size() + "; allowed: at most " + MOST_RUNGS);
    }
    if (!rungs.isEmpty() && rungs.get(rungs.size() - 1) instanceof Rung.ZeroCost) {
      schedule.problem("rungs", "found no epochs; allowed: a number of epochs at the end");
    }
    return rungs;
  }

  private static Optional<Rung> rung(Scalar scalar) {
    Optional<Rung> proxy = Proxy.labelled(scalar.text()).map(Rung.ZeroCost::new);
    return proxy.isPresent()
        ? proxy
        : Section.whole(scalar, 1, EvaluationReader.MOST_EPOCHS)
            .map(epochs -> new Rung.Epochs(Math.toIntExact(epochs)));
  }

  /** The rungs in force: those of the spec, or from few epochs to all in steps of a factor. */
  static Schedule resolve(Plan plan, int epochs) {
    SchedulerKind kind = plan.kind().orElseThrow();
    if (kind instanceof FullEvaluation) {
      return Schedule.full(epochs);
    }
    if (!plan.rungs().isEmpty()) {
      return new Schedule(kind, plan.rungs());
    }
    int factor = kind.settings().get("eta") instanceof Integer eta ? eta : FACTOR;
    List<Rung> rungs = new ArrayList<>();
    for (int rung = epochs; rung >= 1; rung /= factor) {
      rungs.add(0, new Rung.Epochs(rung));
    }
    return new Schedule(kind, rungs);
  }
}
