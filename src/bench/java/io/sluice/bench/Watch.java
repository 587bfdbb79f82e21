package io.sluice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Watches topics fill by the ends of what is readable in them, without reading: looking must cost
 * next to nothing while the clock runs.
 */
final class Watch implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> expected = new LinkedHashMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private Map<String, Long> readable = Map.of();

  Watch(String bootstrapServers, List<Topic> topics, Workload workload) {
    for (Topic topic : topics) {
      expected.put(topic.name(), topic.expected(workload.lines()));
      for (int partition = 0; partition < workload.partitions(); partition++) {
        partitions.add(new TopicPartition(topic.name(), partition));
      }
    }
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Looks at all topics; whether anything has come since the last look. */
  boolean look() {
    Map<String, Long> now = new LinkedHashMap<>();
    consumer.endOffsets(partitions).forEach((each, end) -> now.merge(each.topic(), end, Long::sum));
    boolean grown = !now.equals(readable) && now.values().stream().anyMatch(end -> end > 0);
    readable = now;
    return grown;
  }

  /**
   * Whether each topic has a {@code share} of its lines. The markers of transactions count too: one
   * in thousands of lines, so who waits for all lines has to see as well that no more come.
   */
  boolean has(double share) {
    return expected.entrySet().stream()
        .allMatch(topic -> readable.getOrDefault(topic.getKey(), 0L) >= topic.getValue() * share);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
