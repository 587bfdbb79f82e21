package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** An agent's configuration: a sample as shipped, with some values replaced. */
public final class AgentConfig {
  private final Map<String, String> properties = new TreeMap<>();

  private AgentConfig() {}

  /** One of the files in {@code conf/}. */
  public static AgentConfig sample(String name) {
    return read(Homes.conf().resolve(name));
  }

  /** A configuration as it was written. */
  public static AgentConfig read(Path file) {
    var loaded = new Properties();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      loaded.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var config = new AgentConfig();
    loaded.forEach((key, value) -> config.properties.put((String) key, (String) value));
    return config;
  }

  /** A configuration made of {@code key = value} lines. */
  public static AgentConfig of(String... lines) {
    var config = new AgentConfig();
    for (String line : lines) {
      int equals = line.indexOf('=');
      config.set(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return config;
  }

  /**
   * What Flume has by itself: TAILDIR, a memory channel and KafkaSink, with the sizes of our
   * samples.
   *
   * @param state a folder for the positions
   */
  static AgentConfig stock(Path log, Path state, String bootstrapServers, String topic) {
    return of(
        "a1.sources = tail",
        "a1.channels = memory",
        "a1.sinks = kafka",
        "a1.sources.tail.type = TAILDIR",
        "a1.sources.tail.channels = memory",
        "a1.sources.tail.filegroups = g",
        "a1.sources.tail.filegroups.g = " + log,
        "a1.sources.tail.positionFile = " + state.resolve("positions.json"),
        "a1.sources.tail.batchSize = 1000",
        "a1.channels.memory.type = memory",
        "a1.channels.memory.capacity = 10000",
        "a1.channels.memory.transactionCapacity = 1000",
        "a1.sinks.kafka.type = org.apache.flume.sink.kafka.KafkaSink",
        "a1.sinks.kafka.channel = memory",
        "a1.sinks.kafka.kafka.bootstrap.servers = " + bootstrapServers,
        "a1.sinks.kafka.kafka.topic = " + topic,
        "a1.sinks.kafka.kafka.producer.acks = all",
        "a1.sinks.kafka.flumeBatchSize = 1000");
  }

  /** Another value for a key that the sample has; a key that it lacks is a mistake of the test. */
  public AgentConfig replace(String key, Object value) {
    if (!properties.containsKey(key)) {
      throw new IllegalArgumentException(key + " is not in the sample");
    }
    return set(key, value);
  }

  /** Replaces a folder by another wherever a value begins with it. */
  public AgentConfig relocate(String from, Path to) {
    properties.replaceAll(
        (key, value) -> value.startsWith(from) ? to + value.substring(from.length()) : value);
    return this;
  }

  /** A key that the sample may lack. */
  public AgentConfig set(String key, Object value) {
    properties.put(key, String.valueOf(value));
    return this;
  }

  public AgentConfig without(String key) {
    properties.remove(key);
    return this;
  }

  /** Takes out the key and all that begin with it and a dot. */
  public AgentConfig withoutAll(String key) {
    properties.keySet().removeIf(each -> each.equals(key) || each.startsWith(key + "."));
    return this;
  }

  /** What follows {@code prefix} in the keys that begin with it. */
  public List<String> keysUnder(String prefix) {
    return properties.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .toList();
  }

  public boolean has(String key) {
    return properties.containsKey(key);
  }

  public String get(String key) {
    return properties.get(key);
  }

  /** Replaces the file at once, so that a running agent never reads half of it. */
  void writeTo(Path file) {
    List<String> lines = new ArrayList<>();
    properties.forEach((key, value) -> lines.add(key + " = " + value.replace("\\", "\\\\")));
    try {
      Path aside = file.resolveSibling(file.getFileName() + ".new");
      Files.write(aside, lines, StandardCharsets.UTF_8);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
