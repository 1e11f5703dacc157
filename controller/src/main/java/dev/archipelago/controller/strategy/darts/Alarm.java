package dev.archipelago.controller.strategy.darts;

/**
 * A collapse that the sentinel saw.
 *
 * @param round of the chain, from 0
 * @param back round after whose end the chain went on, or whose cell it took
 */
record Alarm(int round, Signals signals, Deed deed, int back) {

  /** What was done. */
  enum Deed {
    STOPPED("the chain ended with what it had after round %d"),
    ROLLED_BACK("it went on from round %d with half the learning rate of the alphas"),
    WARNED("nothing was done, as sentinel.action says");

    private final String form;

    Deed(String form) {
      this.form = form;
    }

    String told(int round) {
      return form.contains("%d") ? form.formatted(round) : form;
    }
  }
}
