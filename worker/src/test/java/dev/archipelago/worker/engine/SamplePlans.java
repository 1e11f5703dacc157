package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.util.List;

/** Tasks and plans of every shape and layer, and examples for them. */
final class SamplePlans {
  private SamplePlans() {}

  static final Task MNIST_LIKE = new Task(new Shape(1, 28, 28), 10);
  static final Task CIFAR_LIKE = new Task(new Shape(3, 32, 32), 10);
  static final Task SMALL_ODD = new Task(new Shape(2, 7, 7), 3);
  static final Task OBLONG = new Task(new Shape(3, 15, 9), 5);
  static final Task TEXT = new Task(new Shape(1, 6, 1), 7);
  static final List<Task> TASKS = List.of(SMALL_ODD, MNIST_LIKE, OBLONG, CIFAR_LIKE);

  /** One of every kind of layer for images, with every special case of padding. */
  static NetworkPlan allLayers(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int stem = plan.add("stem", new Layer.Conv(6, 3, 5, 1, 1, 1, true), plan.input());
    int norm = plan.add("norm", new Layer.BatchNorm(), stem);
    int grouped = plan.add("grouped", new Layer.Conv(6, 3, 3, 1, 1, 3, false), norm);
    int dilated = plan.add("dilated", new Layer.Conv(6, 5, 5, 1, 2, 6, true), norm);
    int relu = plan.add("relu", new Layer.Relu(), grouped);
    int sum = plan.add("sum", new Layer.Add(), relu, dilated, norm);
    int highest = plan.add("highest", new Layer.MaxPool(3, 2), sum);
    int mean = plan.add("mean", new Layer.AvgPool(3, 2), sum);
    int even = plan.add("even", new Layer.AvgPool(2, 2), sum);
    int evenHighest = plan.add("even_highest", new Layer.MaxPool(2, 2), sum);
    int strided = plan.add("strided", Layer.Conv.of(4, 1, 3, 2), sum);
    int joined = plan.add("joined", new Layer.Concat(), highest, mean, even, evenHighest, strided);
    int pooled = plan.add("pooled", new Layer.GlobalAvgPool(), joined);
    int hidden = plan.add("hidden", new Layer.Linear(8), pooled);
    int active = plan.add("active", new Layer.Relu(), hidden);
    plan.add("logits", new Layer.Linear(task.classes()), active);
    return plan.build();
  }

  /**
   * The layers of squeeze-excitation and of mobile networks, each kind of resize, and zeros. The
   * rectifiers stand where an engine may be tempted to overwrite what a gradient needs.
   */
  static NetworkPlan gated(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int larger = plan.add("larger", new Layer.Resize(20, 37), plan.input());
    int stem = plan.add("stem", new Layer.Conv(6, 3, 3, 1, 1, 1, true), larger);
    int swish = plan.add("swish", new Layer.Swish(), stem);
    int positive = plan.add("positive", new Layer.Relu(), swish);
    int hardSwish = plan.add("hard_swish", new Layer.HardSwish(), norm(plan, "wide", positive));
    int map = norm(plan, "map", hardSwish);
    int mean = plan.add("mean", new Layer.GlobalAvgPool(), map);
    int squeezed = plan.add("squeezed", new Layer.Linear(3), mean);
    int excited = plan.add("excited", new Layer.Linear(6), squeezed);
    int gate = plan.add("gate", new Layer.Sigmoid(), excited);
    int scaled = plan.add("scaled", new Layer.Scale(), map, gate);
    int rectified = plan.add("rectified", new Layer.Relu(), scaled);
    int capped = plan.add("capped", new Layer.Relu6(), norm(plan, "deep", rectified));
    int other = plan.add("other", new Layer.Linear(6), squeezed);
    int hardGate = plan.add("hard_gate", new Layer.HardSigmoid(), other);
    int again = plan.add("again", new Layer.Scale(), norm(plan, "last", capped), hardGate);
    int resized = plan.add("resized", new Layer.Resize(7, 50), again);
    int smaller = plan.add("smaller", new Layer.Relu(), resized);
    int zero = plan.add("zero", new Layer.Zero(plan.shape(smaller)), plan.input());
    int sum = plan.add("sum", new Layer.Add(), smaller, zero);
    return plan.classifier(sum, task.classes());
  }

  private static int norm(PlanBuilder plan, String name, int input) {
    int map = plan.add(name, new Layer.Conv(6, 3, 3, 1, 1, 6, false), input);
    return plan.add(name + "_norm", new Layer.BatchNorm(), map);
  }

  /** What relaxed networks have beside those; each value is read twice. */
  static NetworkPlan dealt(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int stem = plan.add("stem", Layer.Conv.of(6, 3, 3, 1), plan.input());
    int norm = plan.add("norm", new Layer.Standardize(), stem);
    int some = plan.add("some", new Layer.Channels(1, 3), norm);
    int rest = plan.add("rest", new Layer.Channels(2, 6), norm);
    int joined = plan.add("joined", new Layer.Concat(), rest, some);
    int shuffled = plan.add("shuffled", new Layer.Shuffle(3), joined);
    int first = norm(plan, "first", plan.add("relu", new Layer.Relu(), shuffled));
    int second = norm(plan, "second", plan.add("again", new Layer.Relu(), shuffled));
    int pool = plan.add("pool", new Layer.MaxPool(3, 1), shuffled);
    int same = plan.add("same", new Layer.MaxPool(3, 1), shuffled);
    return plan.classifier(
        plan.add("sum", new Layer.Add(), first, second, pool, same), task.classes());
  }

  /** What vectors have beside those. */
  static NetworkPlan allOnVectors(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int flat = plan.add("flat", new Layer.Flatten(), plan.input());
    int hidden = plan.add("hidden", new Layer.Linear(8), flat);
    int bent = plan.add("bent", new Layer.Tanh(), hidden);
    int gate = plan.add("gate", new Layer.Sigmoid(), hidden);
    int joined = plan.add("joined", new Layer.Concat(), bent, gate);
    plan.add("logits", new Layer.Linear(task.classes()), joined);
    return plan.build();
  }

  /** One of every kind of layer for text. */
  static NetworkPlan allCells(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int at = plan.add("embedding", new Layer.Embedding(task.classes(), 4), plan.input());
    at = plan.add("rnn", new Layer.Recurrent(Cell.RNN, 5, true), at);
    at = plan.add("gru", new Layer.Recurrent(Cell.GRU, 6, true), at);
    at = plan.add("lstm", new Layer.Recurrent(Cell.LSTM, 3, false), at);
    plan.add("logits", new Layer.Linear(task.classes()), at);
    return plan.build();
  }

  static NetworkPlan chain(Task task, int filters) {
    ChainSpace space = new ChainSpace(3, List.of(3), List.of(1), List.of(filters), true);
    return space.decode(
        new Architecture("chain", List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), task);
  }

  /** Images, or tokens where the task is about text. */
  static Batch examples(Task task, int size, long seed) {
    ArraySource source =
        task.equals(TEXT)
            ? ArraySource.echoes(task, size, seed)
            : ArraySource.patches(task, size, seed, false);
    return source.batch(size);
  }
}
