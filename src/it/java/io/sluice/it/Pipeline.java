package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.nio.file.Path;

/** One log file on its way through one agent into three topics, by a sample configuration. */
public final class Pipeline implements AutoCloseable {

  private final LogFile log;
  private final AgentConfig config;
  private final FlumeAgent agent;
  private Topics topics;

  /**
   * The sample as shipped, but for paths and hosts. Topics are not created.
   *
   * @param folder for log, positions and the agent's own files
   */
  public Pipeline(String sample, Path folder, String bootstrapServers) {
    log = new LogFile(folder.resolve("app.log"));
    agent = new FlumeAgent(folder.resolve("agent"));
    topics = new Topics(bootstrapServers);
    config =
        AgentConfig.sample(sample)
            .replace("a1.sources.tail.paths", folder.resolve("*.log"))
            .replace("a1.sinks.kafka.kafka.bootstrap.servers", bootstrapServers)
            .relocate("/var/lib/flume", folder.resolve("state"));
  }

  /** Other topics and another delivery id than the sample's, so that tests can share a broker. */
  public Pipeline prefixTopics(String prefix) {
    for (String topic : new String[] {"raw", "valid", "invalid"}) {
      String key = "a1.sinks.kafka.topics." + topic;
      config.replace(key, prefix + config.get(key));
    }
    if (config.has("a1.sinks.kafka.deliveryId")) {
      config.set("a1.sinks.kafka.deliveryId", prefix + "1");
    }
    return this;
  }

  /** For an agent that reaches the broker through a proxy: the test itself goes directly. */
  public Pipeline readBackFrom(String bootstrapServers) {
    topics.close();
    topics = new Topics(bootstrapServers);
    return this;
  }

  public Pipeline createTopics() {
    topics.create(raw(), valid(), invalid());
    return this;
  }

  public Pipeline start() {
    agent.start(config);
    return this;
  }

  public LogFile log() {
    return log;
  }

  public AgentConfig config() {
    return config;
  }

  public FlumeAgent agent() {
    return agent;
  }

  public Topics topics() {
    return topics;
  }

  public String raw() {
    return config.get("a1.sinks.kafka.topics.raw");
  }

  public String valid() {
    return config.get("a1.sinks.kafka.topics.valid");
  }

  public String invalid() {
    return config.get("a1.sinks.kafka.topics.invalid");
  }

  /** Waits until at least as many lines as were written are in the raw topic and in the others. */
  public Pipeline awaitAll() {
    int count = log.lines().size();
    topics.awaitCount(raw(), count);
    try (TopicReader validReader = topics.reader(valid());
        TopicReader invalidReader = topics.reader(invalid())) {
      await("valid and invalid topic together have " + count + " records")
          .until(
              () ->
                  validReader.readToEnd(next -> {}) + invalidReader.readToEnd(next -> {}) >= count);
    }
    return this;
  }

  /** What was written against what the raw topic holds. */
  public Tally rawTally() {
    return new Tally().written(log.lines()).arrived(topics.values(raw()));
  }

  /** What was written against what the valid and the invalid topic hold together. */
  public Tally judgedTally() {
    return new Tally()
        .written(log.lines())
        .arrived(topics.values(valid()))
        .arrived(topics.values(invalid()));
  }

  @Override
  public void close() {
    agent.close();
    topics.close();
  }
}
