package io.sluice.bench;

import io.sluice.it.AgentConfig;
import io.sluice.it.FlumeAgent;
import io.sluice.it.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Flume's own TAILDIR, memory channel and KafkaSink: every line to one topic, unjudged. */
record StockFlume(
    String key, String title, UnaryOperator<AgentConfig> differences, List<String> jvmOptions)
    implements Contender {

  @Override
  public List<Topic> topics(String prefix) {
    return List.of(new Topic(prefix + "raw", number -> true));
  }

  @Override
  public JavaProcess start(Path folder, Path log, String bootstrapServers, String prefix) {
    AgentConfig config =
        AgentConfig.of(
            "a1.sources = tail",
            "a1.channels = memory",
            "a1.sinks = kafka",
            "a1.sources.tail.type = TAILDIR",
            "a1.sources.tail.channels = memory",
            "a1.sources.tail.filegroups = g",
            "a1.sources.tail.filegroups.g = " + log,
            "a1.sources.tail.positionFile = " + folder.resolve("positions.json"),
            "a1.channels.memory.type = memory",
            "a1.sinks.kafka.type = org.apache.flume.sink.kafka.KafkaSink",
            "a1.sinks.kafka.channel = memory",
            "a1.sinks.kafka.kafka.bootstrap.servers = " + bootstrapServers,
            "a1.sinks.kafka.kafka.topic = " + prefix + "raw",
            "a1.sinks.kafka.kafka.producer.acks = all");
    return new FlumeAgent(folder)
        .stock()
        .jvm(jvmOptions.toArray(String[]::new))
        .start(differences.apply(config))
        .process();
  }
}
