package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.StatusDocument;

/** How the following of a search ended. */
public sealed interface Ending {

  /** The search is over, one way or another. */
  record Over(StatusDocument status) implements Ending {}

  /** The user wants to stop. */
  record Interrupted() implements Ending {}

  /** Nobody answers any more. */
  record Lost(String reason) implements Ending {}
}
