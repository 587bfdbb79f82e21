package io.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind {@code bin/sluice}. */
@Command(
    name = "sluice",
    description = "Sorts Kafka records by a number in them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      StreamsCommand.class,
      ReplayCommand.class,
      TopicsCommand.class,
      SendCommand.class,
      ReceiveCommand.class,
      CheckCommand.class,
      JudgeCommand.class,
      InitCommand.class,
      TopCommand.class,
      PositionsCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  failed, such as for a cluster that does not answer; check, config push: mistakes were"
          + " found",
      "  2  the command line or a configuration is wrong",
      "  3  positions reset: refused, because an agent may be running",
      "",
      "SLUICE_OPTS holds options for Java, JAVA_HOME says which Java."
    })
public final class Sluice implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Sluice() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Examples.addTo(new CommandLine(new Sluice()))
        .setExecutionExceptionHandler(new Failures());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
