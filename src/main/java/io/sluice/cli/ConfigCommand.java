package io.sluice.cli;

import io.sluice.cli.zookeeper.StoredConfig;
import io.sluice.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Stores agents' configurations in ZooKeeper, where flume-ng agent -z HOST:PORT -p PATH reads"
          + " them. A running agent takes up a change at once.",
      ""
    },
    subcommands = {
      ConfigPushCommand.class,
      ConfigCommand.PullCommand.class,
      ConfigCommand.DiffCommand.class,
      ConfigCommand.RollbackCommand.class,
      HelpCommand.class
    })
final class ConfigCommand implements Runnable {
  private static final int DIFFERENT = 1;
  private static final int TROUBLE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /**
   * @throws ConfigurationException if it cannot be read
   */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": there is no such file.");
    } catch (IOException e) {
      throw new ConfigurationException(file + ": the file cannot be read: " + e);
    }
  }

  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {"Prints what is stored, byte for byte, secrets too.", ""})
  static final class PullCommand implements Callable<Integer> {
    @Mixin private StoredConfigOptions options = new StoredConfigOptions();

    @Option(
        names = "--previous",
        description = "What was stored before, which rollback would restore.")
    private boolean previous;

    @Override
    public Integer call() throws CommandFailure {
      byte[] config = options.run(previous ? StoredConfig::previous : StoredConfig::current);
      System.out.write(config, 0, config.length);
      System.out.flush();
      return ExitCode.OK;
    }
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Tells what a push would change: keys with - as they are stored, with + as the file has them."
            + " Order and comments make no difference to an agent. Secrets are not printed.",
        ""
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the file is what is stored",
        "1:they differ, be it in comments only",
        "2:trouble: nothing stored, no connection, no such file, a wrong command line"
      })
  static final class DiffCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoredConfigOptions options = new StoredConfigOptions();

    @Parameters(paramLabel = "FILE", description = "The agent's configuration.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CommandFailure {
      byte[] wanted = read(file);
      byte[] stored;
      try {
        stored = options.run(StoredConfig::current);
      } catch (CommandFailure e) {
        throw new CommandFailure(TROUBLE, String.valueOf(e.getMessage()));
      }
      if (Arrays.equals(stored, wanted)) {
        return ExitCode.OK;
      }
      PrintWriter out = spec.commandLine().getOut();
      List<String> lines = ConfigDifference.lines(stored, wanted);
      lines.forEach(out::println);
      if (lines.isEmpty()) {
        out.println("only comments, blanks or the order of keys differ");
      }
      return DIFFERENT;
    }
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Restores what was stored before. What is taken back is kept in its place, so a second"
            + " rollback undoes the first.",
        ""
      })
  static final class RollbackCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoredConfigOptions options = new StoredConfigOptions();

    @Override
    public Integer call() throws CommandFailure {
      String node =
          options.run(
              config -> {
                config.rollback();
                return config.node();
              });
      spec.commandLine().getOut().println(node + " is again what it was before");
      return ExitCode.OK;
    }
  }
}
