package io.sluice.bench;

import io.sluice.it.AgentConfig;
import java.util.List;
import java.util.stream.Stream;

/** Everything that can be measured. */
final class Contenders {
  private static final List<String> LARGE = List.of("-Xms512m", "-Xmx512m");
  private static final List<String> FLUME_NG_DEFAULT = List.of("-Xmx20m");

  static final List<Contender> ALL =
      List.of(
          new Sluice("sluice", "Sluice, whole job", false, Contenders::tuned, LARGE),
          new StockFlume("stock", "stock Flume, one topic", Contenders::tuned, LARGE),
          new Sluice("sluice-raw", "Sluice, raw topic only", true, Contenders::tuned, LARGE),
          new Sluice(
              "sluice-exactly-once",
              "Sluice, whole job, exactly once",
              false,
              config -> exactlyOnce(tuned(config)),
              LARGE),
          new Sluice(
              "sluice-defaults",
              "Sluice, whole job, all defaults",
              false,
              Contenders::defaults,
              LARGE),
          new StockFlume("stock-defaults", "stock Flume, all defaults", config -> config, LARGE),
          new Sluice(
              "sluice-20m",
              "Sluice, the sample as shipped, -Xmx20m",
              false,
              config -> config,
              FLUME_NG_DEFAULT),
          new StockFlume(
              "stock-20m",
              "stock Flume, batches of 1,000, -Xmx20m",
              Contenders::small,
              FLUME_NG_DEFAULT),
          new BareProducer());

  private Contenders() {}

  static Contender named(String key) {
    return ALL.stream()
        .filter(contender -> contender.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no contender " + key + "; there are " + keys()));
  }

  static List<String> keys() {
    return ALL.stream().map(Contender::key).toList();
  }

  private static AgentConfig tuned(AgentConfig config) {
    return batches(config, 10_000, 100_000);
  }

  private static AgentConfig small(AgentConfig config) {
    return batches(config, 1_000, 10_000);
  }

  private static AgentConfig batches(AgentConfig config, int size, int capacity) {
    return config
        .set("a1.sources.tail.batchSize", size)
        .set("a1.channels.memory.capacity", capacity)
        .set("a1.channels.memory.transactionCapacity", size)
        .set("a1.sinks.kafka.flumeBatchSize", size);
  }

  private static AgentConfig defaults(AgentConfig config) {
    Stream.of(
            "a1.sources.tail.batchSize",
            "a1.channels.memory.capacity",
            "a1.channels.memory.transactionCapacity",
            "a1.sinks.kafka.flumeBatchSize",
            "a1.sinks.kafka.batchDurationMillis")
        .forEach(config::without);
    return config;
  }

  private static AgentConfig exactlyOnce(AgentConfig config) {
    return config
        .set("a1.sinks.kafka.guarantee", "exactly-once")
        .set("a1.sinks.kafka.deliveryId", "bench");
  }
}
