package dev.archipelago.deploy;

import dev.archipelago.deploy.cli.Cli;
import dev.archipelago.deploy.cli.Host;
import dev.archipelago.deploy.cli.Interrupts;
import dev.archipelago.deploy.role.ProductRoles;
import dev.archipelago.deploy.view.Terminal;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Host host =
        new Host(
            environment,
            new ProductRoles(),
            Interrupts.ofProcess(),
            ProductRoles.CHILD_MAIN,
            Terminal.isLive(environment));
    System.exit(Cli.run(host, writer(System.out), writer(System.err), List.of(arguments)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }
}
