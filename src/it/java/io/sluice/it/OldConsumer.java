package io.sluice.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * A program of its own that reads topics of one partition with whatever Kafka client is on its
 * class path, and prints what it found: the client's version, and each topic's committed records by
 * their reason header. It uses only what client 2.7.2 has.
 */
final class OldConsumer {
  private static final Duration POLL = Duration.ofMillis(200);

  private OldConsumer() {}

  /**
   * @param arguments brokers, and then topics
   */
  public static void main(String[] arguments) {
    System.out.println("client=" + AppInfoParser.getVersion());
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false);
    var deserializer = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties, deserializer, deserializer)) {
      for (int i = 1; i < arguments.length; i++) {
        System.out.println(arguments[i] + read(consumer, new TopicPartition(arguments[i], 0)));
      }
    }
  }

  private static Map<String, Integer> read(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    var counts = new TreeMap<String, Integer>();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
        Header reason = next.headers().lastHeader("validation.reason");
        counts.merge(
            reason == null ? "none" : new String(reason.value(), StandardCharsets.UTF_8),
            1,
            Integer::sum);
      }
    }
    return counts;
  }
}
