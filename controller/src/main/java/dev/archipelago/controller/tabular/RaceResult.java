package dev.archipelago.controller.tabular;

/**
 * How soon a schedule is as good as full evaluation: the time at which the best of its top rung
 * reaches the final best of the other, as a ratio of the other's whole time.
 *
 * @param configurations that the other evaluates in full
 * @param q25 the quartile of the faster runs
 * @param median infinite where half of the runs never reach it
 * @param q75 infinite where a quarter of the runs never reach it
 * @param reached share of the runs that reach it within {@link TabularBench#PATIENCE} times the
 *     other's time
 */
public record RaceResult(
    int runs, int configurations, double q25, double median, double q75, double reached) {}
