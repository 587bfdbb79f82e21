package io.sluice.cli;

import io.sluice.config.Problems;
import io.sluice.console.Console;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.streams.StreamsValidator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Judges the records of a raw topic on the cluster, with Kafka Streams: each goes to the valid"
          + " or to the invalid topic, once.",
      "",
      "Runs until it is told to end (SIGTERM, Ctrl-C). Start as many as there is work for; they"
          + " share the partitions of the raw topic.",
      ""
    })
final class StreamsCommand implements Callable<Integer> {
  private static final String CONSOLE = "console.";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Properties file, such as conf/validator-streams.properties.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws ClusterException {
    Map<String, String> given = PropertiesFile.read(config);
    var problems = new Problems("streams " + config);
    Optional<Console> console = console(given, problems);
    var validator = StreamsValidator.configure(given, problems);
    console.ifPresent(Console::start);
    try {
      return validator.run() ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      console.ifPresent(Console::stop);
    }
  }

  private static Optional<Console> console(Map<String, String> given, Problems problems) {
    if (given.keySet().stream().noneMatch(key -> key.startsWith(CONSOLE))) {
      return Optional.empty();
    }
    try {
      return Console.of(CONSOLE, given, problems);
    } catch (NoClassDefFoundError e) {
      problems.error(
          "console.* needs the libraries of Flume: unpack Sluice in Flume's plugins.d, or set FLUME_HOME.");
      return Optional.empty();
    }
  }
}
