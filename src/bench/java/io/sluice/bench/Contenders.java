package io.sluice.bench;

import io.sluice.it.AgentConfig;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that can be measured. */
final class Contenders {
  private static final List<String> JVM_DEFAULTS = List.of("-Xmx1g");
  private static final List<String> FLUME_NG_DEFAULT = List.of("-Xmx20m");
  private static final int TUNED_BATCH = 10_000;
  private static final int TUNED_CAPACITY = 100_000;

  static final List<Contender> ALL =
      List.of(
          new Sluice("sluice", "Sluice, whole job", false, Contenders::tuned),
          new Sluice(
              "sluice-exactly-once",
              "Sluice, whole job, exactly once",
              false,
              config -> exactlyOnce(tuned(config))),
          new Sluice("sluice-raw", "Sluice, raw only", true, Contenders::tuned),
          new Sluice(
              "sluice-raw-exactly-once",
              "Sluice, raw only, exactly once",
              true,
              config -> exactlyOnce(tuned(config))),
          new Sluice(
              "sluice-raw-defaults",
              "Sluice, raw only, all defaults",
              true,
              Contenders::defaults,
              JVM_DEFAULTS),
          new Sluice(
              "sluice-defaults",
              "Sluice, whole job, all defaults",
              false,
              Contenders::defaults,
              JVM_DEFAULTS),
          new Sluice(
              "sluice-small", "Sluice, the sample as shipped", false, Contenders::ownCompression),
          new Sluice(
              "sluice-20m",
              "Sluice, the sample as shipped, -Xmx20m",
              false,
              Contenders::ownCompression,
              FLUME_NG_DEFAULT),
          new StockFlume("stock", "stock Flume, raw only", Contenders::stockTuned),
          new StockFlume(
              "stock-defaults",
              "stock Flume, raw only, all defaults",
              Contenders::ownCompression,
              JVM_DEFAULTS),
          new StockFlume(
              "stock-20m",
              "stock Flume, raw only, batches of 1,000, -Xmx20m",
              config -> batches(config, 1_000, 10_000),
              FLUME_NG_DEFAULT),
          new BareProducer(),
          new Kcat(),
          new Connect(),
          new Rsyslog("rsyslog", "rsyslog, whole job", false),
          new Rsyslog("rsyslog-raw", "rsyslog, raw only", true));

  private Contenders() {}

  static Contender named(String key) {
    return ALL.stream()
        .filter(contender -> contender.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no contender " + key + "; there are " + keys()));
  }

  static List<Contender> all(String... keys) {
    return Stream.of(keys).map(Contenders::named).toList();
  }

  private static List<String> keys() {
    return ALL.stream().map(Contender::key).toList();
  }

  /** The whole job with {@code count} rules for the same number; the last one decides. */
  static Contender withRules(int count) {
    return new Sluice("sluice", "Sluice, whole job", false, config -> rules(tuned(config), count));
  }

  /** The whole job with room for {@code capacity} lines in the channel. */
  static Contender withCapacity(int capacity) {
    return new Sluice(
        "sluice",
        "Sluice, whole job",
        false,
        config -> batches(config, Math.min(TUNED_BATCH, capacity), capacity));
  }

  private static AgentConfig tuned(AgentConfig config) {
    return batches(config, TUNED_BATCH, TUNED_CAPACITY);
  }

  /** Its producer needs telling; ours sizes itself. */
  private static AgentConfig stockTuned(AgentConfig config) {
    return tuned(config)
        .set("a1.sinks.kafka.kafka.producer.linger.ms", 5)
        .set("a1.sinks.kafka.kafka.producer.batch.size", 1_000_000)
        .set("a1.sinks.kafka.kafka.producer.buffer.memory", 64 << 20);
  }

  private static AgentConfig batches(AgentConfig config, int size, int capacity) {
    return config
        .set("a1.sources.tail.batchSize", size)
        .set("a1.channels.memory.capacity", capacity)
        .set("a1.channels.memory.transactionCapacity", size)
        .set("a1.sinks.kafka.flumeBatchSize", size);
  }

  private static AgentConfig rules(AgentConfig config, int count) {
    String range = "a1.sources.tail.interceptors.range.";
    List<String> names = IntStream.rangeClosed(1, count).mapToObj(i -> "r" + i).toList();
    config.without(range + "field").without(range + "range");
    config.set(range + "rules", String.join(" ", names));
    for (String name : names) {
      boolean last = name.equals("r" + count);
      config.set(range + "rules." + name + ".field", "key:value");
      config.set(range + "rules." + name + ".range", last ? "[10,20]" : "[0,99]");
    }
    return config;
  }

  private static AgentConfig defaults(AgentConfig config) {
    Stream.of(
            "a1.sources.tail.batchSize",
            "a1.channels.memory.capacity",
            "a1.channels.memory.transactionCapacity",
            "a1.sinks.kafka.flumeBatchSize",
            "a1.sinks.kafka.batchDurationMillis")
        .forEach(config::without);
    return ownCompression(config);
  }

  /** The sink's default, whatever the workload says. */
  private static AgentConfig ownCompression(AgentConfig config) {
    return config.without(Sluice.COMPRESSION);
  }

  /** With transactions as large as in conf/log-to-kafka.conf. */
  private static AgentConfig exactlyOnce(AgentConfig config) {
    return config
        .set("a1.sinks.kafka.guarantee", "exactly-once")
        .set("a1.sinks.kafka.flumeBatchSize", 100_000)
        .set("a1.sinks.kafka.deliveryId", "bench");
  }
}
