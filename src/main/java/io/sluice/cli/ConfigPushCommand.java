package io.sluice.cli;

import io.sluice.cli.check.AgentCheck;
import io.sluice.cli.check.Report;
import io.sluice.cli.check.Request;
import io.sluice.cli.check.Secrets;
import io.sluice.cli.zookeeper.NodeAccess;
import io.sluice.cli.zookeeper.StoredConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks a configuration as sluice check does, and stores it if there is no mistake. What was"
          + " stored before is kept for rollback.",
      "",
      "A running agent takes it up at once: it stops its components and starts the new ones.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stored, or stored already",
      "1:mistakes, no connection, no right; nothing was stored",
      "2:the command line is wrong, or the file cannot be read"
    })
final class ConfigPushCommand implements Callable<Integer> {
  /** For the check of channels against the heap, as that of sluice check. */
  private static final int EVENT_BYTES = 500;

  private static final Pattern NO_FILTER = Pattern.compile("\\$\\{(?!\\w+\\[)");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoredConfigOptions options = new StoredConfigOptions();

  @Parameters(paramLabel = "FILE", description = "The agent's configuration.")
  private Path file = Path.of("");

  @Option(names = "--strict", description = "Warnings are mistakes.")
  private boolean strict;

  @Option(
      names = "--acl",
      paramLabel = "SCHEME:ID:RIGHTS",
      description =
          "Who may read and change the node, as ZooKeeper's setAcl has it: sasl:flume:cdrwa;"
              + " several are separated by commas. Without it a new node has the rights of the one"
              + " above it.")
  private @Nullable String acl;

  @Option(names = "--open", description = "Store it even where everybody may change or read it.")
  private boolean open;

  @Override
  public Integer call() throws CommandFailure {
    byte[] config = ConfigCommand.read(file);
    check(config);
    NodeAccess access = access();
    String done =
        options.run(
            stored ->
                stored.push(config, access)
                    ? "%s holds %s, %d bytes".formatted(stored.node(), file, config.length)
                    : "%s holds %s already".formatted(stored.node(), file));
    spec.commandLine().getOut().println(done);
    return ExitCode.OK;
  }

  private NodeAccess access() {
    List<String> secrets = Secrets.keys(PropertiesFile.read(file));
    secrets.forEach(
        key ->
            spec.commandLine()
                .getErr()
                .println(
                    "%s: warning: %s is a secret; whoever may read the node has it. Use a config filter."
                        .formatted(file, key)));
    try {
      return new NodeAccess(
          acl == null ? List.of() : NodeAccess.parse(acl), open, !secrets.isEmpty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--acl: " + e.getMessage());
    }
  }

  private void check(byte[] config) throws CommandFailure {
    if (config.length > StoredConfig.MOST_BYTES) {
      throw new CommandFailure(
          ExitCode.SOFTWARE,
          "%s has %d bytes, and no more than %d can be stored; nothing was stored."
              .formatted(file, config.length, StoredConfig.MOST_BYTES));
    }
    Report report =
        AgentCheck.run(
            new Request(file, Optional.of(options.agent()), Optional.empty(), EVENT_BYTES, false));
    PrintWriter err = spec.commandLine().getErr();
    report.lines().forEach(line -> err.println(line));
    List<String> unfilled = report.errors() > 0 ? List.of() : unfilled();
    unfilled.forEach(line -> err.println(line));
    boolean warned = report.warnings() > 0 || !unfilled.isEmpty();
    if (report.errors() > 0 || (strict && warned)) {
      throw new CommandFailure(ExitCode.SOFTWARE, "refused; nothing was stored.");
    }
  }

  /** Flume 1.11 fills in the environment in a file only, and config filters everywhere. */
  private List<String> unfilled() {
    return PropertiesFile.read(file).entrySet().stream()
        .filter(entry -> NO_FILTER.matcher(entry.getValue()).find())
        .map(Map.Entry::getKey)
        .sorted()
        .map(
            key ->
                "%s: warning: %s has ${...}, and in ZooKeeper Flume fills in those of config filters only."
                    .formatted(file, key))
        .toList();
  }
}
