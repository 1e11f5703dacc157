package dev.archipelago.controller.strategy.policy;

import dev.archipelago.protocol.space.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A space's decisions as the policy's network takes them, step by step.
 *
 * <p>Every choice is a step. Where the space has skips, one more step ends every layer, also the
 * layers that take no skip themselves, so that each has a hidden state to be found by (the anchor
 * points of Zoph and Le 2017, §3.3).
 *
 * @param groups number of options of each group of choices, in the order of their first decision
 * @param decisions how many decisions there are
 */
record Sequence(List<Step> steps, List<Integer> groups, int decisions) {
  Sequence {
    steps = List.copyOf(steps);
    groups = List.copyOf(groups);
  }

  /** How many layers have skips to decide on. */
  int linkedAnchors() {
    return (int)
        steps.stream()
            .filter(step -> step instanceof Step.Anchor anchor && !anchor.links().isEmpty())
            .count();
  }

  /**
   * @throws IllegalArgumentException if decisions of one group differ in their number of options,
   *     or a skip does not stand in the layer that it belongs to
   */
  static Sequence of(List<Decision> decisions) {
    boolean anchored = decisions.stream().anyMatch(Decision.Skip.class::isInstance);
    List<Step> steps = new ArrayList<>();
    Map<String, Integer> groups = new LinkedHashMap<>();
    List<Integer> options = new ArrayList<>();
    List<Integer> anchors = new ArrayList<>(); // step of each layer's anchor
    List<Step.Link> links = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i) instanceof Decision.Choice choice) {
        int group = groups.computeIfAbsent(choice.group(), name -> groups.size());
        if (group == options.size()) {
          options.add(choice.cardinality());
        }
        if (options.get(group) != choice.cardinality()) {
          throw new IllegalArgumentException(
              choice.name() + " has not as many options as others of group " + choice.group());
        }
        steps.add(new Step.Token(i, group, choice.cardinality()));
      } else if (decisions.get(i) instanceof Decision.Skip skip) {
        if (skip.layer() != anchors.size()) {
          throw new IllegalArgumentException(
              skip.name() + " stands in place " + anchors.size() + " of the layers");
        }
        links.add(new Step.Link(i, anchors.get(skip.source())));
      }
      boolean ends =
          i + 1 == decisions.size()
              || !decisions.get(i + 1).place().equals(decisions.get(i).place());
      if (anchored && ends) {
        anchors.add(steps.size());
        steps.add(new Step.Anchor(links));
        links.clear();
      }
    }
    return new Sequence(steps, options, decisions.size());
  }
}
