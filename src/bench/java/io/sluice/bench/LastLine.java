package io.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sees whether a topic's last line has arrived, committed, without reading the others: looking must
 * cost next to nothing while the clock runs.
 */
final class LastLine implements AutoCloseable {
  private static final int LOOK_BACK = 3; // Behind the last record there may be a commit marker.

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final int wanted;
  private long seenEnd;
  private boolean arrived;

  LastLine(String bootstrapServers, Topic topic, int lines) {
    partition = new TopicPartition(topic.name(), 0);
    wanted = topic.lastOf(lines);
    arrived = wanted < 0;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "fetch.max.wait.ms",
                20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
  }

  boolean hasArrived() {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    if (!arrived && end > seenEnd) {
      seenEnd = end;
      consumer.seek(partition, Math.max(0, end - LOOK_BACK));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(20))) {
          arrived |= NumberedLog.numberOf(next.value()) == wanted;
        }
      }
    }
    return arrived;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
