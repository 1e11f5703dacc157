package dev.archipelago.deploy.embedded;

import java.io.IOException;

/** Starts child processes, and keeps house for them. */
interface ChildLauncher {

  /**
   * Starts a process that becomes a worker when its standard input says where to join and under
   * which name.
   *
   * @param name of the worker it is meant to be, or of the spare
   * @param spare whether it has time to prepare for the moment when it is needed
   */
  Process launch(String name, boolean spare) throws IOException;

  /** The spare process takes this worker's place. */
  void promoted(String name);

  /**
   * The process that was this worker has ended; called before another takes its place.
   *
   * @return whether it left the proof of a crash in native code
   */
  boolean ended(String name, long pid);
}
