package io.sluice.it;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, committed records only, each once. Not thread-safe. */
public final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Collection<TopicPartition> partitions;
  private long count;

  TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                // A broker that does not answer is left for another soon.
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toList());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads on to the end that the topic has now; in transactions, the end of what is decided.
   *
   * @return how many records were read since the beginning
   */
  public long readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!hasReached(ends)) {
      for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(100))) {
        count++;
        reader.accept(next);
      }
    }
    return count;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
