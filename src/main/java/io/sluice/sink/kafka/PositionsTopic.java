package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that holds, for each delivery id, its owner and the position of each file.
 * One topic serves any number of sinks: keys begin with the delivery id, and everything is in
 * partition 0, so that one sink's records are read in the order in which they were committed.
 */
final class PositionsTopic {
  private static final int PARTITION = 0;
  private static final String BATCH_HEADER = "batch";
  private static final String CLEANUP = "cleanup.policy";

  /** Only closed segments are compacted, and every start reads what is not. */
  private static final Map<String, String> SMALL_AND_COMPACTED =
      Map.of(CLEANUP, "compact", "segment.bytes", "8388608", "segment.ms", "3600000");

  /** A fetch that a slow line carries within the time for a request. */
  private static final int FETCH_BYTES = 256 << 10;

  private static final Duration NO_PROGRESS = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * What the topic says about one delivery id.
   *
   * @param lastBatch name of the batch committed last, or empty
   */
  record Contents(@Nullable String owner, String lastBatch, List<Position> positions) {}

  private final SinkConfig config;
  private final String name;
  private final String ownerKey;
  private final String positionPrefix;

  PositionsTopic(SinkConfig config) {
    this.config = config;
    this.name = config.positionsTopic().name();
    this.ownerKey = config.deliveryId();
    this.positionPrefix = config.deliveryId() + "/";
  }

  /** Creates the topic if it is missing; one that would forget positions is refused. */
  void ensure() throws DeliveryException, InterruptedException {
    AdminCall.run(
        config,
        "positions topic '" + name + "' cannot be used",
        admin -> {
          if (exists(admin)) {
            requireCompaction(admin);
          } else {
            create(admin);
          }
          return true;
        });
  }

  private boolean exists(Admin admin) throws ExecutionException, InterruptedException {
    try {
      admin.describeTopics(List.of(name)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private void requireCompaction(Admin admin) throws ExecutionException, InterruptedException {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    String policy;
    try {
      policy =
          admin
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .values()
              .iterator()
              .next()
              .get(CLEANUP)
              .value();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return; // then it cannot be known
      }
      throw e;
    }
    if (!policy.equals("compact")) {
      throw new InvalidConfigurationException(
          "its cleanup.policy is \"%s\", which deletes positions in time; set it to compact"
              .formatted(policy));
    }
  }

  private void create(Admin admin) throws ExecutionException, InterruptedException {
    var topic =
        new NewTopic(name, Optional.of(1), config.positionsTopic().replicationFactor())
            .configs(SMALL_AND_COMPACTED);
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      requireCompaction(admin); // somebody was quicker, or the broker asked did not know it yet
    }
  }

  /**
   * Who owns the delivery id, and which batch was committed last under it. Part of every
   * transaction, so that its outcome can be read.
   */
  ProducerRecord<byte[], byte[]> ownerRecord(String instance, String batch) {
    var record =
        new ProducerRecord<>(
            name, PARTITION, RecordFields.bytes(ownerKey), RecordFields.bytes(instance));
    record.headers().add(BATCH_HEADER, RecordFields.bytes(batch));
    return record;
  }

  ProducerRecord<byte[], byte[]> record(Position position) {
    byte[] key = RecordFields.bytes(positionPrefix + position.key());
    byte[] value = position.isForgotten() ? null : PositionJson.write(position);
    return new ProducerRecord<>(name, PARTITION, key, value);
  }

  /**
   * What is committed under the delivery id. Other sinks' open transactions can hold back what is
   * readable, so this may wait for them.
   */
  Contents readAll() throws DeliveryException, InterruptedException {
    long end = end();
    return KafkaCall.run(
        "cannot read the positions topic '" + name + "'",
        () -> {
          Consumer<byte[], byte[]> consumer = newConsumer();
          try {
            return parse(records(consumer, end, this::isOurs));
          } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
          }
        });
  }

  /** The end of all that was written, open transactions included. */
  private long end() throws DeliveryException, InterruptedException {
    TopicPartition partition = partition();
    return AdminCall.run(
        config,
        "cannot ask for the end of the positions topic '" + name + "'",
        admin ->
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset());
  }

  Consumer<byte[], byte[]> newConsumer() {
    Map<String, Object> properties = ClientProperties.auxiliary(config);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("max.partition.fetch.bytes", FETCH_BYTES);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every key's latest record, of all delivery ids, committed by now. */
  Map<String, ConsumerRecord<byte[], byte[]>> latest(Consumer<byte[], byte[]> consumer) {
    if (consumer.partitionsFor(name).isEmpty()) {
      return Map.of(); // nobody has created it yet
    }
    Long end = consumer.endOffsets(List.of(partition())).get(partition());
    return records(consumer, end == null ? 0 : end, key -> true);
  }

  private TopicPartition partition() {
    return new TopicPartition(name, PARTITION);
  }

  private boolean isOurs(String key) {
    return key.equals(ownerKey) || key.startsWith(positionPrefix);
  }

  private Map<String, ConsumerRecord<byte[], byte[]>> records(
      Consumer<byte[], byte[]> consumer, long end, Predicate<String> wanted) {
    TopicPartition partition = partition();
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long read = 0;
    long deadline = System.nanoTime() + NO_PROGRESS.toNanos();
    var latest = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
    while (consumer.position(partition) < end) {
      long now = System.nanoTime();
      if (consumer.position(partition) > read) {
        read = consumer.position(partition);
        deadline = now + NO_PROGRESS.toNanos();
      } else if (now > deadline) {
        throw new IllegalStateException(
            "offset " + end + " cannot be read yet; another sink's transaction is open before it");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        keep(latest, record, wanted);
      }
    }
    return latest;
  }

  private static void keep(
      Map<String, ConsumerRecord<byte[], byte[]>> latest,
      ConsumerRecord<byte[], byte[]> record,
      Predicate<String> wanted) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (!wanted.test(key)) {
      return;
    }
    latest.remove(key); // in the order of their last change: the oldest is forgotten first
    if (record.value() != null) {
      latest.put(key, record);
    }
  }

  private Contents parse(Map<String, ConsumerRecord<byte[], byte[]>> latest) {
    ConsumerRecord<byte[], byte[]> owner = latest.remove(ownerKey);
    List<Position> positions = new ArrayList<>();
    latest.forEach(
        (key, record) -> {
          try {
            positions.addAll(PositionJson.read(record.value()));
          } catch (IOException e) {
            // Going on without it would ship the file from its start again.
            throw new IllegalStateException("the position under key " + key + " is unreadable", e);
          }
        });
    if (owner == null) {
      return new Contents(null, "", positions);
    }
    Header batch = owner.headers().lastHeader(BATCH_HEADER);
    return new Contents(
        new String(owner.value(), StandardCharsets.UTF_8),
        batch == null ? "" : new String(batch.value(), StandardCharsets.UTF_8),
        positions);
  }
}
