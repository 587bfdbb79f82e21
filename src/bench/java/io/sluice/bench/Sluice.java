package io.sluice.bench;

import io.sluice.it.AgentConfig;
import io.sluice.it.FlumeAgent;
import io.sluice.it.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The sample job, with the differences that a variant makes.
 *
 * @param rawOnly without judging the lines
 */
record Sluice(
    String key,
    String title,
    boolean rawOnly,
    UnaryOperator<AgentConfig> differences,
    List<String> jvmOptions)
    implements Contender {

  @Override
  public List<Topic> topics(String prefix) {
    var raw = new Topic(prefix + "raw", number -> true);
    return rawOnly
        ? List.of(raw)
        : List.of(
            raw,
            new Topic(prefix + "valid", NumberedLog::isValid),
            new Topic(prefix + "invalid", number -> !NumberedLog.isValid(number)));
  }

  @Override
  public JavaProcess start(Path folder, Path log, String bootstrapServers, String prefix) {
    AgentConfig config =
        AgentConfig.sample("log-to-kafka.conf")
            .replace("a1.sources.tail.paths", log)
            .replace("a1.sources.tail.positionFile", folder.resolve("positions.json"))
            .replace("a1.sinks.kafka.kafka.bootstrap.servers", bootstrapServers)
            .replace("a1.sinks.kafka.topics.raw", prefix + "raw")
            .replace("a1.sinks.kafka.topics.valid", prefix + "valid")
            .replace("a1.sinks.kafka.topics.invalid", prefix + "invalid");
    if (rawOnly) {
      config
          .withoutAll("a1.sources.tail.interceptors")
          .without("a1.sinks.kafka.topics.valid")
          .without("a1.sinks.kafka.topics.invalid");
    }
    return new FlumeAgent(folder)
        .jvm(jvmOptions.toArray(String[]::new))
        .start(differences.apply(config))
        .process();
  }
}
