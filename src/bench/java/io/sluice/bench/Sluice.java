package io.sluice.bench;

import io.sluice.it.AgentConfig;
import io.sluice.it.FlumeAgent;
import io.sluice.it.JavaProcess;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The sample job, with the differences that a variant makes.
 *
 * @param rawOnly without judging the lines
 * @param jvm options in place of the workload's; none for those
 */
record Sluice(
    String key,
    String title,
    boolean rawOnly,
    UnaryOperator<AgentConfig> differences,
    List<String> jvm)
    implements Contender {
  static final String COMPRESSION = "a1.sinks.kafka.kafka.producer.compression.type";

  Sluice(String key, String title, boolean rawOnly, UnaryOperator<AgentConfig> differences) {
    this(key, title, rawOnly, differences, List.of());
  }

  @Override
  public List<Topic> topics(String prefix) {
    return rawOnly ? List.of(Topic.raw(prefix)) : Topic.sorted(prefix);
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    String prefix = run.prefix();
    AgentConfig config =
        AgentConfig.sample("at-least-once.conf")
            .replace("a1.sources.tail.paths", run.glob())
            .replace("a1.sources.tail.positionFile", run.folder().resolve("positions.json"))
            .replace("a1.sinks.kafka.kafka.bootstrap.servers", run.bootstrapServers())
            .replace("a1.sinks.kafka.topics.raw", prefix + "raw")
            .replace("a1.sinks.kafka.topics.valid", prefix + "valid")
            .replace("a1.sinks.kafka.topics.invalid", prefix + "invalid")
            .set(COMPRESSION, run.workload().compression());
    if (rawOnly) {
      config
          .withoutAll("a1.sources.tail.interceptors")
          .without("a1.sinks.kafka.topics.valid")
          .without("a1.sinks.kafka.topics.invalid");
    }
    return List.of(agent(new FlumeAgent(run.folder()), run, differences.apply(config), jvm));
  }

  /** An agent on the workload's terms. */
  static Supplier<JavaProcess> agent(
      FlumeAgent agent, Run run, AgentConfig config, List<String> jvm) {
    if (config.has("a1.sinks.kafka.deliveryId")) {
      config.set("a1.sinks.kafka.deliveryId", run.prefix() + run.folder().getFileName());
    }
    List<String> options = jvm.isEmpty() ? run.workload().jvm() : jvm;
    agent.jvm(options.toArray(String[]::new)).install();
    return () -> agent.start(config).process();
  }
}
