package dev.archipelago.deploy.view;

/** Shows how a search goes on. Called by one thread at a time. */
public interface Reporter extends AutoCloseable {

  void show(Progress progress);

  /** Something the user should know: a worker that died, a controller that does not answer. */
  void notice(String text);

  /** Leaves the terminal as it was. */
  @Override
  void close();
}
