package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several ways from a log to three topics in one agent: {@code conf/secure.conf} as shipped,
 * but for names, paths and hosts. Its user, topics and delivery id carry its name.
 */
final class SecurePipe {
  static final String POSITIONS = "sluice-positions";
  private static final String PRODUCER = ".kafka.producer.";

  private final String name;
  private final AgentConfig config;
  private final LogFile log;

  /**
   * @param config of the whole agent; this adds its own components to it
   * @param folder for the log and the channel's positions
   */
  SecurePipe(String name, AgentConfig config, Path folder) {
    this.name = name;
    this.config = config;
    this.log = new LogFile(folder.resolve(name + "/app.log"));
    AgentConfig sample = AgentConfig.sample("secure.conf");
    copy(sample, "a1.sources.", "tail");
    copy(sample, "a1.channels.", "memory");
    copy(sample, "a1.sinks.", "kafka");
    config
        .replace(source() + ".channels", name)
        .replace(source() + ".paths", folder.resolve(name + "/*.log"))
        .replace(sink() + ".channel", name)
        .replace(sink() + ".deliveryId", name)
        .set(sink() + ".positionsTopic", POSITIONS)
        // Each producer would take an eighth of the heap.
        .set(sink() + PRODUCER + "buffer.memory", 4 << 20);
    for (String topic : topics()) {
      config.replace(sink() + ".topics." + topic.substring(name.length() + 1), topic);
    }
  }

  private void copy(AgentConfig sample, String kind, String component) {
    String list = kind.substring(0, kind.length() - 1);
    config.set(list, config.has(list) ? config.get(list) + " " + name : name);
    for (String key : sample.keysUnder(kind + component + ".")) {
      config.set(kind + name + "." + key, sample.get(kind + component + "." + key));
    }
  }

  String name() {
    return name;
  }

  String sink() {
    return "a1.sinks." + name;
  }

  String source() {
    return "a1.sources." + name;
  }

  /** Raw, valid, invalid. */
  List<String> topics() {
    return List.of(name + "-raw", name + "-valid", name + "-invalid");
  }

  LogFile log() {
    return log;
  }

  SecurePipe at(String servers) {
    config.replace(sink() + ".kafka.bootstrap.servers", servers);
    return this;
  }

  SecurePipe with(String property, Object value) {
    config.set(sink() + PRODUCER + property, value);
    return this;
  }

  SecurePipe without(String property) {
    config.without(sink() + PRODUCER + property);
    return this;
  }

  SecurePipe set(String key, Object value) {
    config.set(sink() + "." + key, value);
    return this;
  }

  void awaitAll(Topics topics) {
    int count = log.lines().size();
    topics.awaitCount(topics().get(0), count);
    try (TopicReader valid = topics.reader(topics().get(1));
        TopicReader invalid = topics.reader(topics().get(2))) {
      await(name + ": valid and invalid topic together have " + count + " records")
          .until(() -> valid.readToEnd(next -> {}) + invalid.readToEnd(next -> {}) >= count);
    }
  }

  Tally rawTally(Topics topics) {
    return new Tally().written(log.lines()).arrived(topics.values(topics().get(0)));
  }

  Tally judgedTally(Topics topics) {
    var judged = new ArrayList<byte[]>(topics.values(topics().get(1)));
    judged.addAll(topics.values(topics().get(2)));
    return new Tally().written(log.lines()).arrived(judged);
  }
}
