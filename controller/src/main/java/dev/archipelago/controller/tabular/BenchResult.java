package dev.archipelago.controller.tabular;

import java.util.List;
import java.util.Map;

/**
 * What many runs of one protocol gave; accuracies are fractions.
 *
 * @param bestValidation of what each run reports, on the highest rung reached
 * @param tests its test accuracies after 200 epochs, by data set, in their order
 * @param evaluations that a run began
 * @param configurations that a run began
 * @param seconds of the simulated clock that a run took
 * @param curve from the first time at which every run has something to report
 */
public record BenchResult(
    int runs,
    Summary bestValidation,
    Map<TestSet, Summary> tests,
    Summary evaluations,
    Summary configurations,
    Summary seconds,
    List<CurvePoint> curve) {}
