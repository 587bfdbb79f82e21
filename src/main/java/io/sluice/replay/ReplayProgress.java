package io.sluice.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.kafkaclient.cluster.ClusterException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far each replay has read, in a compacted topic. The offsets of its consumer group would do,
 * but they expire ({@code offsets.retention.minutes}), and everything would be replayed again. One
 * topic serves any number of replays. Not thread-safe.
 */
final class ReplayProgress {
  private static final String CLEANUP = "cleanup.policy";
  private static final Duration POLL = Duration.ofMillis(200);

  /** Longer than another replay's transaction can stay open and hide what follows it. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(90);

  private final Admin admin;
  private final ReplayRequest request;
  private final TopicPartition partition;
  private final byte[] key;

  ReplayProgress(Admin admin, ReplayRequest request) {
    this.admin = admin;
    this.request = request;
    this.partition = new TopicPartition(request.progressTopic(), 0);
    // The topic's own id: the offsets say nothing about another topic of that name.
    var from = get(admin.describeTopics(List.of(request.from())).allTopicNames());
    var id = from.values().iterator().next().topicId();
    this.key = (request.kafkaId() + "/" + id).getBytes(UTF_8);
  }

  /**
   * Creates the topic if it is missing.
   *
   * @throws ClusterException if there is one that would forget
   */
  void ensure() throws ClusterException {
    if (!exists()) {
      create();
      return;
    }
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, partition.topic());
    String policy =
        get(admin.describeConfigs(List.of(topic)).all())
            .values()
            .iterator()
            .next()
            .get(CLEANUP)
            .value();
    if (!policy.equals("compact")) {
      throw new ClusterException(
          "progress topic '%s': its cleanup.policy is \"%s\", which deletes the progress in time; set it to compact."
              .formatted(partition.topic(), policy));
    }
  }

  private void create() {
    var topic =
        new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
            .configs(Map.of(CLEANUP, "compact", "segment.bytes", "1048576"));
    try {
      get(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // Another replay was quicker.
    }
  }

  private boolean exists() {
    try {
      get(admin.describeTopics(List.of(partition.topic())).allTopicNames());
      return true;
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  /** Where to continue, by partition number; empty before the first transaction. */
  Map<Integer, Long> read() {
    if (!exists()) {
      return Map.of();
    }
    long end =
        get(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition))
            .offset();
    Map<String, Object> properties = new HashMap<>(request.client());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    var deserializer = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties, deserializer, deserializer)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return latest(consumer, end);
    }
  }

  private Map<Integer, Long> latest(KafkaConsumer<byte[], byte[]> consumer, long end) {
    Map<Integer, Long> latest = Map.of();
    long read = -1;
    long lastProgress = System.nanoTime();
    while (consumer.position(partition) < end) {
      if (consumer.position(partition) > read) {
        read = consumer.position(partition);
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > STALL_LIMIT.toNanos()) {
        throw new TimeoutException("progress topic '" + partition.topic() + "' cannot be read");
      }
      for (ConsumerRecord<byte[], byte[]> item : consumer.poll(POLL)) {
        if (Arrays.equals(item.key(), key) && item.value() != null) {
          latest = parse(new String(item.value(), UTF_8));
        }
      }
    }
    return latest;
  }

  private static Map<Integer, Long> parse(String text) {
    Map<Integer, Long> offsets = new HashMap<>();
    for (String entry : text.split(" ", -1)) {
      int equals = entry.indexOf('=');
      offsets.put(
          Integer.valueOf(entry.substring(0, equals)), Long.valueOf(entry.substring(equals + 1)));
    }
    return offsets;
  }

  /** Part of every transaction: {@code 0=1200 1=1180}, partitions and offsets. */
  ProducerRecord<byte[], byte[]> record(Map<TopicPartition, OffsetAndMetadata> offsets) {
    String text =
        offsets.entrySet().stream()
            .map(entry -> entry.getKey().partition() + "=" + entry.getValue().offset())
            .collect(Collectors.joining(" "));
    return new ProducerRecord<>(
        partition.topic(), partition.partition(), key, text.getBytes(UTF_8));
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }
}
