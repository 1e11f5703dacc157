package dev.archipelago.worker.evaluate;

/** One way of coming to a measurement. */
@FunctionalInterface
interface EvaluationRun {

  /**
   * @param findings what is known before anything ran, to be added to
   * @return the same
   */
  Findings run(Job job, Findings findings);
}
