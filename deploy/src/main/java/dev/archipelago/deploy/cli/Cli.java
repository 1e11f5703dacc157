package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.SpecException;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.UnreachableException;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.worker.data.DatasetException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
public final class Cli {
  private static final String ROLE = "ARCHIPELAGO_ROLE";

  private Cli() {}

  /** Gives the exit code; what was said is on the writers. */
  public static int run(Host host, PrintWriter out, PrintWriter err, List<String> arguments) {
    CommandLine line = new CommandLine(new ArchipelagoCommand(host));
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(96);
    line.setAbbreviatedOptionsAllowed(false);
    line.setParameterExceptionHandler((problem, given) -> refuse(problem));
    line.setExecutionExceptionHandler((problem, failed, result) -> fail(problem, failed.getErr()));
    int exit = line.execute(withRole(host, arguments).toArray(new String[0]));
    out.flush();
    err.flush();
    return exit;
  }

  /** A container may name its role in the environment instead. */
  private static List<String> withRole(Host host, List<String> arguments) {
    String role = host.environment().getOrDefault(ROLE, "");
    return arguments.isEmpty() && !role.isBlank() ? List.of(role.strip()) : arguments;
  }

  private static int refuse(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    String message = String.valueOf(problem.getMessage());
    err.println(Character.toLowerCase(message.charAt(0)) + message.substring(1));
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.println(
        "See " + Hints.PROGRAM + commandPath(command) + " --help for what can be said here.");
    return ExitCode.BAD_INPUT.code();
  }

  private static String commandPath(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    int blank = name.indexOf(' ');
    return blank < 0 ? "" : name.substring(blank);
  }

  private static int fail(Exception problem, PrintWriter err) {
    if (problem instanceof CommandException known) {
      err.println(known.text());
      return known.exitCode().code();
    }
    if (problem instanceof ApiException answer) {
      err.println(answer.getMessage());
      return (answer.isRefusal() ? ExitCode.BAD_INPUT : ExitCode.FAILED).code();
    }
    if (problem instanceof SpecException || problem instanceof DatasetException) {
      err.println(problem.getMessage());
      return ExitCode.BAD_INPUT.code();
    }
    if (problem instanceof UnreachableException) {
      err.println(
          problem.getMessage() + "; is it running? " + Hints.PROGRAM + " controller starts one");
      return ExitCode.FAILED.code();
    }
    err.println("This should not have happened; please report it with the lines below.");
    problem.printStackTrace(err);
    return ExitCode.FAILED.code();
  }
}
