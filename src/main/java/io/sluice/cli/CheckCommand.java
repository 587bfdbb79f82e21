package io.sluice.cli;

import io.sluice.cli.check.AgentCheck;
import io.sluice.cli.check.Migration;
import io.sluice.cli.check.Report;
import io.sluice.cli.check.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tells every mistake in an agent's configuration, with its line: keys, values, components"
          + " that are not connected, batches against channels, what exactly-once needs, memory"
          + " against heap, paths that match nothing. Flume's own components too, as far as they"
          + " are known.",
      "",
      "Needs neither Flume nor a running agent. Values of keys that look like secrets are never"
          + " printed. What Flume fills in at its start, from the environment or a config filter,"
          + " is not checked.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no mistake; there may be warnings, unless --strict is given",
      "1:mistakes",
      "2:the command line is wrong, or the file cannot be read"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The agent's configuration.")
  private Path file = Path.of("");

  @Option(
      names = {"--name", "-n"},
      paramLabel = "AGENT",
      description = "Check this agent only, as flume-ng's --name. Without it, all of the file.")
  private @Nullable String agent;

  @Option(
      names = "--connect",
      description = "Ask the brokers too: topics, rights, the positions topic. Writes nothing.")
  private boolean connect;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      converter = SizeOption.class,
      description =
          "The agent's -Xmx, such as 256m. Without it, that of flume-env.sh beside the file.")
  private @Nullable Long heap;

  @Option(
      names = "--event-bytes",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Expected size of a line, to compare channels with the heap (${DEFAULT-VALUE}).")
  private int eventBytes;

  @Option(names = "--strict", description = "Report warnings as errors, and end with 1.")
  private boolean strict;

  @Option(
      names = "--migrate",
      description = {
        "Print the configuration with TAILDIR and KafkaSink replaced, and a comment above each"
            + " line",
        "where the agent will do something else than before."
      })
  private boolean migrate;

  @Option(names = "--json", description = "Print one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    if (eventBytes < 1) {
      throw new ParameterException(spec.commandLine(), "--event-bytes must be at least 1");
    }
    var request =
        new Request(
            file, Optional.ofNullable(agent), Optional.ofNullable(heap), eventBytes, connect);
    if (migrate) {
      Migration.of(request).forEach(spec.commandLine().getOut()::println);
      return ExitCode.OK;
    }
    Report found = AgentCheck.run(request);
    Report report = strict ? found.strict() : found;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.lines().forEach(out::println);
    }
    return report.errors() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
