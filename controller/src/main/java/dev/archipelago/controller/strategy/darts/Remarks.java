package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.space.Ragged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of chains that collapsed, failed or hardly moved. */
final class Remarks {

  /** Below this ratio to chance the strongest operation is hardly chosen. */
  private static final double HARDLY = 1.1;

  private Remarks() {}

  static List<String> of(Chains state) {
    List<String> remarks = new ArrayList<>();
    for (int i = 0; i < state.chains().size(); i++) {
      of(state.chains().get(i), "chain " + i, state, remarks);
    }
    return List.copyOf(remarks);
  }

  private static void of(Chain chain, String name, Chains state, List<String> remarks) {
    for (Alarm alarm : chain.alarms()) {
      remarks.add(name + ", round " + alarm.round() + ": " + text(alarm));
    }
    chain
        .failed()
        .ifPresent(round -> remarks.add("%s failed in round %d and ended".formatted(name, round)));
    if (chain.phase() != Chain.Phase.TRAINING && !chain.stand().blobs().isEmpty()) {
      replaced(chain, name, state, remarks);
      moved(chain, name, state, remarks);
    }
  }

  private static String text(Alarm alarm) {
    Signals signals = alarm.signals();
    return say(
        "signs of a collapse, score %.2f (skip connections %.0f %% of the way from chance to all, entropy of the alphas %.3f of the largest, curvature %.2f times what it was); %s",
        signals.score(),
        100 * signals.skips(),
        signals.entropy(),
        signals.growth(),
        alarm.deed().told(alarm.back()));
  }

  /** Where the alphas stand for a cell in which nothing learns. */
  private static void replaced(Chain chain, String name, Chains state, List<String> remarks) {
    CellReader reader = state.reader();
    if (reader.learns(reader.derive(chain.stand().alphas().values()))) {
      return;
    }
    String what =
        !state.settings().watch().isOn()
            ? "which is its result, since sentinel.action is off"
            : chain.seen().isPresent()
                ? "its result is the cell of an earlier round instead"
                : "its result is the nearest cell that has some instead";
    remarks.add(name + ": the alphas ended with a cell without any operation to train; " + what);
  }

  private static void moved(Chain chain, String name, Chains state, List<String> remarks) {
    Ragged probabilities = Darts.probabilities(chain.stand().alphas().values());
    double lead = state.reader().lead(probabilities);
    if (lead < HARDLY) {
      remarks.add(
          say(
              "%s: the alphas hardly moved: on average an edge's strongest operation is %.3f times as probable as by chance, so that the cell is little better than drawn at random; more strategy.steps or rounds may help, or an alpha-rate above %s",
              name, lead, state.settings().alphas().rate()));
    }
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
