package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.support.FakeApi;
import dev.archipelago.deploy.support.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM, against a fake controller and an empty data directory. */
final class CliFixture implements AutoCloseable {
  static final String SPEC =
      """
      name: tiny
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 2, kernels: [3], strides: [1, 2], filters: [4, 8]}
      strategy: {kind: random, window: 2}
      budget: {trials: 2}
      """;

  final FakeApi api = new FakeApi();
  final FakeRoles roles = new FakeRoles(api);
  final Interrupts interrupts = new Interrupts(handler -> {});
  final Path directory;

  /** What a command said. */
  record Result(int exit, String out, String err) {}

  CliFixture(Path directory) {
    this.directory = directory;
    api.onGet("/searches", Samples.listing("s0", "COMPLETED", "s1", "RUNNING"));
    api.onGet("/searches/s1", Samples.status("s1", "RUNNING", "search", 3));
    api.onGet("/searches/s1/trials", Samples.trials(1, Samples.trial(0, "COMPLETED")));
    api.onGet("/searches/s1/best", Samples.BEST);
    api.onGet("/workers", Samples.WORKERS);
  }

  Path spec() {
    return file("spec.yaml", SPEC);
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path data() {
    return directory.resolve("data");
  }

  Result run(Object... words) {
    return run(Map.of(), words);
  }

  /** With {@code --server} and the fake's address at the end. */
  Result remote(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--server");
    all.add(api.endpoint().url());
    return run(all.toArray());
  }

  Result run(Map<String, String> variables, Object... words) {
    Map<String, String> environment = new java.util.HashMap<>(variables);
    environment.put("ARCHIPELAGO_DATA_DIR", data().toString());
    Host host =
        new Host(
            environment, roles, interrupts, "dev.archipelago.deploy.embedded.TinyChild", false);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>();
    for (Object word : words) {
      arguments.add(word.toString());
    }
    int exit = Cli.run(host, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  @Override
  public void close() {
    api.close();
  }
}
