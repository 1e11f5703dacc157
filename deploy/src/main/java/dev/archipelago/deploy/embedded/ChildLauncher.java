package dev.archipelago.deploy.embedded;

import java.io.IOException;

/** Starts a worker process whose standard input is a pipe from this one. */
interface ChildLauncher {
  Process launch(String name) throws IOException;
}
