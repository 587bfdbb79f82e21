package io.sluice.sink;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.delivery.Guarantee;
import java.util.List;
import java.util.Map;

/** Producer properties that would break what the sink promises are refused. */
final class ProducerCheck {
  private static final List<String> SERIALIZERS =
      List.of(
          "org.apache.kafka.common.serialization.ByteArraySerializer",
          "org.apache.kafka.common.serialization.StringSerializer");
  private static final long DEFAULT_TRANSACTION_TIMEOUT_MILLIS = 60_000;

  private ProducerCheck() {}

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
            "kafka.producer.%s = \"%s\" is not possible: records are bytes, as they stand in the"
                    .formatted(key, serializer)
                + " event.");
      }
    }
    if (values.get(SinkSettings.GUARANTEE) == Guarantee.EXACTLY_ONCE) {
      checkExactlyOnce(producer, values, problems);
    }
  }

  private static void checkExactlyOnce(
      Map<String, String> producer, Values values, Problems problems) {
    String acks = producer.getOrDefault("acks", "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      problems.error(
          "kafka.producer.acks = \"%s\" breaks exactly-once, which needs all.".formatted(acks));
    }
    if ("false".equals(producer.get("enable.idempotence"))) {
      problems.error("kafka.producer.enable.idempotence = \"false\" breaks exactly-once.");
    }
    long timeout = DEFAULT_TRANSACTION_TIMEOUT_MILLIS;
    String given = producer.get("transaction.timeout.ms");
    if (given != null && given.matches("\\d{1,9}")) {
      timeout = Long.parseLong(given);
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
