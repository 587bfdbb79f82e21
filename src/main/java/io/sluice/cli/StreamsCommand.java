package io.sluice.cli;

import io.sluice.config.Problems;
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
    Optional<StreamsConsole> console = StreamsConsole.of(given, problems);
    var validator = StreamsValidator.configure(given, problems);
    console.ifPresent(StreamsConsole::start);
    try {
      return validator.run() ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      console.ifPresent(StreamsConsole::stop);
    }
  }
}
