package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.settings.HostPort;
import java.util.concurrent.CompletionStage;

/** A controller in this process, as its host sees it. */
public interface RunningController extends AutoCloseable {

  /** Where its HTTP API answers. */
  Endpoint endpoint();

  /** Where workers join. */
  HostPort gateway();

  /** The process of this worker has ended: what it had leased is lost, and need not run out. */
  void workerGone(String worker);

  /** Completes when it has ended, asked or not. */
  CompletionStage<?> terminated();

  /** Stops in good order; whatever is in the journal stays there. */
  @Override
  void close();
}
