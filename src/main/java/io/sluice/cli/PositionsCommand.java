package io.sluice.cli;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    name = "positions",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows and sets how far files are delivered: in a source's position file, or in the positions"
          + " topic of exactly-once.",
      ""
    },
    subcommands = {
      PositionsCommand.ListCommand.class,
      PositionsCommand.ShowCommand.class,
      PositionsCommand.ExportCommand.class,
      PositionsResetCommand.class,
      HelpCommand.class
    })
final class PositionsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "One line for each file: offset, bytes behind it, and what has become of the file on this"
            + " machine (same, changed, replaced, gone, unreadable).",
        ""
      })
  static final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private PositionsOptions options = new PositionsOptions();

    @Option(names = "--json", description = "Print a JSON array instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure {
      List<PositionRow> rows = options.rows();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(PositionTexts.json(rows));
      } else {
        PositionTexts.table(rows).forEach(out::println);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {"Everything about the positions of one file.", ""})
  static final class ShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private PositionsOptions options = new PositionsOptions();

    @Parameters(paramLabel = "PATH", description = "The file's path, as list prints it.")
    private String path = "";

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure {
      List<PositionRow> rows =
          options.rows().stream().filter(row -> row.path().equals(path)).toList();
      if (rows.isEmpty()) {
        throw new CommandFailure(
            ExitCode.SOFTWARE, "%s has no position of %s.".formatted(options.place(), path));
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(PositionTexts.json(rows));
      } else {
        rows.forEach(row -> PositionTexts.details(row).forEach(out::println));
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Prints positions in the form of a position file: as a backup, or to go from a topic back to"
            + " a file.",
        ""
      })
  static final class ExportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private PositionsOptions options = new PositionsOptions();

    @Override
    public Integer call() throws CommandFailure {
      List<PositionRow> rows = options.rows();
      List<@Nullable String> ids = rows.stream().map(PositionRow::deliveryId).distinct().toList();
      if (ids.size() > 1) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "the topic holds positions of %s; give --delivery-id, a file holds those of one."
                .formatted(ids));
      }
      List<Position> positions = rows.stream().map(PositionRow::position).toList();
      spec.commandLine()
          .getOut()
          .println(new String(PositionJson.write(positions), StandardCharsets.UTF_8));
      return ExitCode.OK;
    }
  }
}
