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
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that holds, for each delivery id, its owner and the position of each file.
 * One topic serves any number of sinks: keys begin with the delivery id, and everything is in
 * partition 0, so that one sink's records are read in the order in which they were committed.
 */
final class PositionsTopic {
  private static final int PARTITION = 0;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(200);

  /** What the topic says about one delivery id. */
  record Contents(@Nullable String owner, List<Position> positions) {}

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

  /** Creates the topic if it is missing. */
  void ensure() throws DeliveryException, InterruptedException {
    AdminCall.run(
        config,
        "positions topic '" + name + "' is missing and cannot be created",
        admin -> {
          if (!exists(admin)) {
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

  private void create(Admin admin) throws ExecutionException, InterruptedException {
    var topic =
        new NewTopic(name, Optional.of(1), config.positionsTopic().replicationFactor())
            .configs(Map.of("cleanup.policy", "compact"));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another sink was quicker
        throw e;
      }
    }
  }

  ProducerRecord<byte[], byte[]> ownerRecord(String instance) {
    return new ProducerRecord<>(
        name, PARTITION, RecordFields.bytes(ownerKey), RecordFields.bytes(instance));
  }

  ProducerRecord<byte[], byte[]> record(Position position) {
    byte[] key = RecordFields.bytes(positionPrefix + position.key());
    return new ProducerRecord<>(name, PARTITION, key, PositionJson.write(position));
  }

  /** What is committed now. */
  Contents readAll() throws DeliveryException, InterruptedException {
    return read(-1);
  }

  /**
   * What is committed up to and including {@code offset}, a record of our own. Other sinks' open
   * transactions can hold back what is readable, so this may wait for them.
   */
  Contents readPast(long offset) throws DeliveryException, InterruptedException {
    return read(offset);
  }

  private Contents read(long offset) throws DeliveryException, InterruptedException {
    return KafkaCall.run(
        "cannot read the positions topic '" + name + "'",
        () -> {
          Consumer<byte[], byte[]> consumer = newConsumer();
          try {
            return parse(records(consumer, offset, this::isOurs));
          } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
          }
        });
  }

  Consumer<byte[], byte[]> newConsumer() {
    Map<String, Object> properties = ClientProperties.auxiliary(config);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every key's latest record, of all delivery ids, committed by now. */
  Map<String, ConsumerRecord<byte[], byte[]>> latest(Consumer<byte[], byte[]> consumer) {
    return records(consumer, -1, key -> true);
  }

  private boolean isOurs(String key) {
    return key.equals(ownerKey) || key.startsWith(positionPrefix);
  }

  private Map<String, ConsumerRecord<byte[], byte[]>> records(
      Consumer<byte[], byte[]> consumer, long offset, Predicate<String> wanted) {
    var partition = new TopicPartition(name, PARTITION);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = offset >= 0 ? offset + 1 : consumer.endOffsets(List.of(partition)).get(partition);
    long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
    var latest = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() > deadline) {
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
    if (record.value() == null) {
      latest.remove(key);
    } else {
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
    return new Contents(
        owner == null ? null : new String(owner.value(), StandardCharsets.UTF_8), positions);
  }
}
