package io.sluice.sink;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.delivery.Guarantee;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Producer properties that would break what the sink promises are refused. */
final class ProducerCheck {
  private static final List<String> SERIALIZERS =
      List.of(
          "org.apache.kafka.common.serialization.ByteArraySerializer",
          "org.apache.kafka.common.serialization.StringSerializer");
  private static final long LEAST_BUFFER_BYTES = 64L << 10;
  private static final long DEFAULT_TRANSACTION_TIMEOUT_MILLIS = 60_000;

  /** Brokers refuse more, unless their transaction.max.timeout.ms is raised. */
  private static final long BROKERS_MOST_MILLIS = 900_000;

  /** Values that Flume's own client 2.7 takes and later ones know under no name; left out. */
  private static final Map<String, Set<String>> REMOVED =
      Map.of(
          "partitioner.class",
          Set.of(
              "org.apache.kafka.clients.producer.internals.DefaultPartitioner",
              "org.apache.kafka.clients.producer.UniformStickyPartitioner"),
          "client.dns.lookup",
          Set.of("default"));

  private ProducerCheck() {}

  /** Takes out what means the client's default, under a name that it no longer has. */
  static void removeOld(Map<String, String> producer, Problems problems) {
    REMOVED.forEach(
        (key, values) -> {
          String value = producer.getOrDefault(key, "");
          if (values.contains(value)) {
            producer.remove(key);
            problems.warn(
                "kafka.producer.%s = \"%s\" is gone from the Kafka client; its default, which does the same, is used."
                    .formatted(key, value));
          }
        });
  }

  static void check(Map<String, String> producer, Values values, Problems problems) {
    if (producer.containsKey("transactional.id")) {
      problems.error(
          "kafka.producer.transactional.id is made by the sink: write guarantee = exactly-once and"
              + " deliveryId instead.");
    }
    for (String key : List.of("key.serializer", "value.serializer")) {
      String serializer = producer.get(key);
      if (serializer != null && !SERIALIZERS.contains(serializer)) {
        problems.error(
            "kafka.producer.%s = \"%s\" is not possible: records are bytes, exactly as in the"
                    .formatted(key, serializer)
                + " event.");
      }
    }
    boolean exactlyOnce = values.get(SinkSettings.GUARANTEE) == Guarantee.EXACTLY_ONCE;
    Idempotence.check(producer, exactlyOnce, problems);
    if (exactlyOnce) {
      checkTransactions(producer, values, problems);
    }
    checkBuffer(producer, problems);
  }

  /** The client waits for ever for memory that it cannot have. */
  private static void checkBuffer(Map<String, String> producer, Problems problems) {
    long buffer = number(producer, "buffer.memory", Long.MAX_VALUE);
    if (number(producer, "batch.size", 0) > buffer) {
      problems.error(
          "kafka.producer.batch.size = \"%s\" is more than kafka.producer.buffer.memory (%d)."
              .formatted(producer.get("batch.size"), buffer));
    } else if (buffer < LEAST_BUFFER_BYTES) {
      problems.error(
          "kafka.producer.buffer.memory = \"%d\" has room for no batch; it needs at least %d (bytes)."
              .formatted(buffer, LEAST_BUFFER_BYTES));
    }
  }

  private static long number(Map<String, String> producer, String key, long otherwise) {
    String given = producer.getOrDefault(key, "");
    return given.matches("\\d{1,18}") ? Long.parseLong(given) : otherwise;
  }

  private static void checkTransactions(
      Map<String, String> producer, Values values, Problems problems) {
    long timeout = number(producer, "transaction.timeout.ms", DEFAULT_TRANSACTION_TIMEOUT_MILLIS);
    if (timeout > BROKERS_MOST_MILLIS) {
      problems.mistake(
          "kafka.producer.transaction.timeout.ms = \"%d\" is more than brokers take (%d), unless their transaction.max.timeout.ms is raised."
              .formatted(timeout, BROKERS_MOST_MILLIS));
    }
    long duration = values.get(SinkSettings.BATCH_DURATION).toMillis();
    if (duration * 2 > timeout) {
      problems.error(
          "batchDurationMillis = \"%d\" is more than half of kafka.producer.transaction.timeout.ms"
                  .formatted(duration)
              + " (%d): the broker could end a transaction before the sink does."
                  .formatted(timeout));
    }
  }
}
