package dev.archipelago.controller.schedule.halving;

import java.util.List;

/**
 * What is the same for all states of one search.
 *
 * @param eta of how many on a rung one goes on
 * @param rungs how many there are
 * @param cycle the brackets in the order in which they begin, again and again
 */
record Plan(int eta, int rungs, List<Shape> cycle) {
  Plan {
    cycle = List.copyOf(cycle);
  }

  Shape shape(int bracket) {
    return cycle.get(bracket % cycle.size());
  }

  int top() {
    return rungs - 1;
  }
}
