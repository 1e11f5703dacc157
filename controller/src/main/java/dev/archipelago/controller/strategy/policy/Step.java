package dev.archipelago.controller.strategy.policy;

import java.util.List;

/** What the policy's network does at one step of its sequence. */
sealed interface Step {

  /**
   * Takes one decision through a softmax.
   *
   * @param decision index in the space's list
   * @param group whose head and embeddings it uses
   */
  record Token(int decision, int group, int options) implements Step {
    @Override
    public String toString() {
      return "token " + decision;
    }
  }

  /**
   * Ends a layer: its hidden state stands for the layer from now on, and each of its skip decisions
   * is taken through a sigmoid.
   */
  record Anchor(List<Link> links) implements Step {
    public Anchor {
      links = List.copyOf(links);
    }
  }

  /**
   * A skip decision of the anchor's layer.
   *
   * @param decision index in the space's list
   * @param anchor step of the source's anchor, an earlier one
   */
  record Link(int decision, int anchor) {}
}
