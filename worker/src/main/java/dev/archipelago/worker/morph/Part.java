package dev.archipelago.worker.morph;

/** What a node of a grown network is to the network that it was grown from. */
sealed interface Part {

  /**
   * The parent has a node of its name, and it gives what that one gives.
   *
   * @param origin the parent's node
   */
  record Kept(int origin) implements Part {}

  /**
   * New, and gives what an earlier node gives.
   *
   * @param origin the parent's node that gives the same
   */
  record Passing(int origin) implements Part {}

  /**
   * New, in a branch whose sum with the trunk is the trunk.
   *
   * @param last whether it is the batch norm that makes the branch's output zero
   */
  record Branch(boolean last) implements Part {}

  /** Where {@link #origin} knows none. */
  int NONE = -1;

  /** The parent's node that gives the same; {@link #NONE} inside a branch. */
  default int origin() {
    if (this instanceof Kept kept) {
      return kept.origin;
    }
    return this instanceof Passing passing ? passing.origin : NONE;
  }
}
