package dev.archipelago.deploy.it;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A controller as an operator starts it, which is asked over HTTP: a command would cost a process
 * for every look.
 */
final class Controller implements AutoCloseable {
  private final Path directory;
  private final int http;
  private final int artery;
  private final List<Program> started = new ArrayList<>();

  /**
   * Its ports are known before it runs.
   *
   * @param directory its data
   */
  Controller(Path directory) throws IOException {
    this.directory = directory;
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      http = one.getLocalPort();
      artery = other.getLocalPort();
    }
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param environment beside what all have
   */
  Program.Running start(Map<String, String> environment) {
    Program program = new Program(directory, environment);
    started.add(program);
    Program.Running running =
        program.start(
            "controller",
            "--http-port",
            String.valueOf(http),
            "--artery-port",
            String.valueOf(artery));
    running.awaitError("workers join with");
    return running;
  }

  Path dataDirectory() {
    return directory;
  }

  String url() {
    return "http://127.0.0.1:" + http;
  }

  String join() {
    return "127.0.0.1:" + artery;
  }

  /** Where it wants no token. */
  ApiClient api() {
    return new ApiClient(Endpoint.parse(url(), Optional.empty()));
  }

  void awaitWorkers(int count) {
    Await.until(count + " workers have joined", () -> workers("name").size() == count);
  }

  /** What its workers have for a key of their documents. */
  Set<String> workers(String key) {
    Set<String> found = new TreeSet<>();
    api().workers().json().path("workers").forEach(worker -> found.add(worker.path(key).asText()));
    return found;
  }

  @Override
  public void close() {
    started.forEach(Program::close);
  }
}
