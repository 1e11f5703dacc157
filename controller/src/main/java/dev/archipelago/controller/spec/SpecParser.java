package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.SearchSpec.Budget;
import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.controller.spec.YamlNode.Mapping;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * From YAML to a {@link SearchSpec}: the one place where a spec's keys are known.
 *
 * <p>Everything wrong is reported at once, each with its place, its key, what was found and what is
 * allowed. {@code docs/spec.md} says what the keys mean.
 */
public final class SpecParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String FORM =
      "a map of keys, at least dataset, space, strategy and budget (docs/spec.md describes all)";

  private final Problems problems = new Problems();
  private final DatasetProbe probe;

  private SpecParser(DatasetProbe probe) {
    this.probe = probe;
  }

  /** A spec whose keys are fine one by one, and where its parts stand. */
  private record Parsed(SearchSpec spec, OptionalInt trainingImages, Section root) {}

  /**
   * Reads a spec.
   *
   * @param fileName what messages call the text
   * @param overrides {@code key=value} with dotted keys; they win over the text, the last one first
   * @throws SpecException listing all that is wrong
   */
  public static SearchSpec parse(
      String yaml, String fileName, List<String> overrides, DatasetProbe probe) {
    SpecParser parser = new SpecParser(probe);
    Parsed parsed = parser.read(yaml, fileName, overrides);
    new Consistency(parsed.spec(), parsed.trainingImages(), parsed.root()).check();
    parser.problems.throwIfAny();
    return parsed.spec();
  }

  /**
   * Reads a spec that was found good when its search began: whether its parts fit each other is not
   * asked again, since the rules may have become stricter.
   *
   * @throws SpecException if a key has no meaning any more
   */
  public static SearchSpec recorded(String yaml, DatasetProbe probe) {
    return new SpecParser(probe).read(yaml, "journal", List.of()).spec();
  }

  private Parsed read(String yaml, String fileName, List<String> overrides) {
    Optional<YamlNode> file = YamlReader.file(yaml, fileName, problems);
    problems.throwIfAny();
    YamlNode root =
        file.orElseThrow(() -> refuse(new Place(fileName, 1, 1), "is empty; allowed: " + FORM));
    if (!(root instanceof Mapping mapping)) {
      throw refuse(root.place(), "found " + root.describe() + "; allowed: " + FORM);
    }
    Mapping changed = Overrides.apply(mapping, overrides, problems);
    problems.throwIfAny();
    return read(new Section(changed, problems));
  }

  private static SpecException refuse(Place place, String message) {
    return new SpecException(new Problem(place, "", message).toString());
  }

  private Parsed read(Section spec) {
    boolean named = spec.has("dataset");
    spec.require("space", "what to search, {kind: chain} for instance");
    spec.require("strategy", "how to search, {kind: reinforce} for instance");
    spec.require("budget", "when to stop, {trials: 20} for instance");
    Section evaluation = spec.section("evaluation");
    Evaluator evaluator = EvaluationReader.evaluator(evaluation, probe);
    boolean external = ExternalData.isMeant(spec, evaluator);
    if (!named && !external) {
      spec.require("dataset", "the name of a data set");
    }
    Optional<String> name =
        spec.text(
            "name",
            "up to 64 letters, digits, dots, hyphens and underscores, a letter or digit first",
            text -> NAME.matcher(text).matches());
    DatasetReader.Dataset dataset =
        external
            ? ExternalData.read(spec.section("dataset", "name"))
            : DatasetReader.read(spec.section("dataset", "name"), probe, problems);
    Optional<SearchSpace> space = SpaceReader.read(spec.section("space"));
    Budget budget = BudgetReader.budget(spec.section("budget"));
    StrategyReader.Policy policy =
        StrategyReader.read(spec.section("strategy", "kind"), budget.trials());
    ScheduleReader.Plan plan = ScheduleReader.read(spec.section("schedule", "kind"));
    Training training =
        EvaluationReader.training(evaluation, dataset.name(), evaluator, plan.epochs());
    Profiling profiling = EvaluationReader.profiling(evaluation, evaluator);
    evaluation.close();
    Objective objective = ObjectiveReader.read(spec.section("objective"), evaluator);
    Constraints constraints = BudgetReader.constraints(spec.section("constraints"));
    Baselines baselines = BaselineReader.read(spec);
    Retraining retraining =
        BudgetReader.retraining(spec.section("retrain"), evaluator, training, budget.trials());
    Placement placement = PlacementReader.read(spec.section("placement"));
    long seed = spec.longInteger("seed", 1);
    spec.close();
    problems.throwIfAny();

    SearchSpec read =
        new SearchSpec(
            name.orElse(dataset.name() + "-" + policy.kind().orElseThrow().kind()),
            dataset.ref().orElseThrow(),
            new Split(seed, dataset.validationFraction()),
            space.orElseThrow(),
            policy.kind().orElseThrow(),
            policy.window(),
            policy.order(),
            ScheduleReader.resolve(plan, training.epochs()),
            evaluator,
            training,
            profiling,
            objective,
            constraints,
            baselines,
            budget,
            retraining,
            placement,
            seed);
    return new Parsed(read, dataset.trainingImages(), spec);
  }
}
