package io.sluice.bench;

import io.sluice.it.AgentConfig;
import io.sluice.it.FlumeAgent;
import io.sluice.it.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Flume's own TAILDIR, memory channel and KafkaSink: every line to one topic, unjudged.
 *
 * @param jvm options in place of the workload's; none for those
 */
record StockFlume(
    String key, String title, UnaryOperator<AgentConfig> differences, List<String> jvm)
    implements Contender {

  StockFlume(String key, String title, UnaryOperator<AgentConfig> differences) {
    this(key, title, differences, List.of());
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    Path log = run.logs().get(0);
    String files = run.logs().size() == 1 ? log.toString() : log.resolveSibling(".*\\.log") + "";
    AgentConfig config =
        AgentConfig.of(
            "a1.sources = tail",
            "a1.channels = memory",
            "a1.sinks = kafka",
            "a1.sources.tail.type = TAILDIR",
            "a1.sources.tail.channels = memory",
            "a1.sources.tail.filegroups = g",
            "a1.sources.tail.filegroups.g = " + files,
            "a1.sources.tail.positionFile = " + run.folder().resolve("positions.json"),
            "a1.channels.memory.type = memory",
            "a1.sinks.kafka.type = org.apache.flume.sink.kafka.KafkaSink",
            "a1.sinks.kafka.channel = memory",
            "a1.sinks.kafka.kafka.bootstrap.servers = " + run.bootstrapServers(),
            "a1.sinks.kafka.kafka.topic = " + run.prefix() + "raw",
            "a1.sinks.kafka.kafka.producer.acks = all",
            Sluice.COMPRESSION + " = " + run.workload().compression());
    var agent = new FlumeAgent(run.folder()).stock();
    return List.of(Sluice.agent(agent, run, differences.apply(config), jvm));
  }
}
