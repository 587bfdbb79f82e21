package io.sluice.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of a topic, from where this replay has come so far to the ends that the
 * partitions had when it was opened. What is added meanwhile, by the replay itself through the
 * validator for example, is left for another time. Not thread-safe.
 */
final class InvalidRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STALL_LIMIT = Duration.ofMinutes(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final long total;
  private long lastProgress = System.nanoTime();
  private long lastLeft = -1;

  /**
   * @param progress where to continue, by partition number; without, where the group was
   */
  InvalidRecords(ReplayRequest request, Map<Integer, Long> progress) {
    Map<String, Object> properties = new HashMap<>(request.client());
    properties.put("group.id", request.kafkaId());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("max.poll.records", "5000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(request.from()).stream()
            .map(partition -> new TopicPartition(request.from(), partition.partition()))
            .toList();
    // By hand: one replay is one process, and a second one with its id is fenced as a producer.
    consumer.assign(partitions);
    ends = consumer.endOffsets(partitions);
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      Long offset = progress.get(end.getKey().partition());
      if (offset != null) {
        consumer.seek(end.getKey(), Math.min(offset, end.getValue()));
      }
    }
    total = left();
  }

  /** How many offsets there were to go through at the start. */
  long total() {
    return total;
  }

  /** How many offsets are left; some of them may be markers and no records. */
  long left() {
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return left;
  }

  /**
   * The next records, possibly none.
   *
   * @throws TimeoutException if nothing has come for a minute
   */
  List<ConsumerRecord<byte[], byte[]>> poll() {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
      if (next.offset() < endOf(next)) {
        records.add(next);
      }
    }
    long left = left();
    if (left != lastLeft) {
      lastLeft = left;
      lastProgress = System.nanoTime();
    } else if (left > 0 && System.nanoTime() - lastProgress > STALL_LIMIT.toNanos()) {
      throw new TimeoutException("nothing read for " + STALL_LIMIT.toSeconds() + " s");
    }
    return records;
  }

  private long endOf(ConsumerRecord<byte[], byte[]> item) {
    return ends.getOrDefault(new TopicPartition(item.topic(), item.partition()), 0L);
  }

  /** Where to continue after what was read so far. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            offsets.put(
                partition, new OffsetAndMetadata(Math.min(end, consumer.position(partition)))));
    return offsets;
  }

  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
