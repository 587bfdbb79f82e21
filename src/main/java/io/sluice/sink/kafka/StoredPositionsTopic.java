package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The positions topic, seen from outside of the agents that write it. */
public final class StoredPositionsTopic {
  private final SinkConfig config;
  private final PositionsTopic topic;

  /**
   * What the topic holds of one delivery id.
   *
   * @param owner who wrote last: an instance of a sink, or a reset
   * @param lastMillis when, in milliseconds since 1970
   */
  public record Stored(
      String deliveryId, @Nullable String owner, List<Position> positions, long lastMillis) {}

  /**
   * @param config of a sink with exactly-once; its brokers, its positions topic and its delivery id
   *     are used
   */
  public StoredPositionsTopic(SinkConfig config) {
    this.config = config;
    this.topic = new PositionsTopic(config);
  }

  /** What is committed, of every delivery id, in the order of their names. */
  public List<Stored> readAll() throws DeliveryException, InterruptedException {
    FirstContact.look(config);
    return KafkaCall.run(
        "cannot read the positions topic '" + config.positionsTopic().name() + "'",
        () -> {
          var consumer = topic.newConsumer();
          try {
            return group(topic.latest(consumer));
          } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
          }
        });
  }

  private static List<Stored> group(Map<String, ConsumerRecord<byte[], byte[]>> latest) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> byId = new TreeMap<>();
    latest.forEach(
        (key, next) ->
            byId.computeIfAbsent(key.split("/", 2)[0], id -> new ArrayList<>()).add(next));
    List<Stored> stored = new ArrayList<>();
    byId.forEach((id, records) -> stored.add(stored(id, records)));
    return stored;
  }

  private static Stored stored(String id, List<ConsumerRecord<byte[], byte[]>> records) {
    String owner = null;
    long lastMillis = 0;
    List<Position> positions = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> next : records) {
      lastMillis = Math.max(lastMillis, next.timestamp());
      String key = new String(next.key(), StandardCharsets.UTF_8);
      if (key.equals(id)) {
        owner = new String(next.value(), StandardCharsets.UTF_8);
        continue;
      }
      try {
        positions.addAll(PositionJson.read(next.value()));
      } catch (IOException e) {
        throw new IllegalStateException("the position under key " + key + " is unreadable", e);
      }
    }
    return new Stored(id, owner, List.copyOf(positions), lastMillis);
  }

  /** Since when the delivery id's transaction is open, in milliseconds since 1970. */
  public OptionalLong openTransaction() throws DeliveryException, InterruptedException {
    String id = "sluice-" + config.deliveryId();
    return AdminCall.run(
        config,
        "cannot ask for the transactions of " + id,
        admin -> {
          try {
            var description = admin.describeTransactions(List.of(id)).description(id).get();
            boolean open =
                description.state() == TransactionState.ONGOING
                    || description.state().name().toUpperCase(Locale.ROOT).startsWith("PREPARE");
            return open ? description.transactionStartTimeMs() : OptionalLong.empty();
          } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
              return OptionalLong.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Writes positions as the agent would, in one transaction under the delivery id's fence and with
   * a new owner: an agent that still runs can commit nothing from then on, finds that it is fenced,
   * and stops with an error.
   *
   * @param owner what the topic names as the owner afterwards
   */
  public void write(List<Position> positions, String owner)
      throws DeliveryException, InterruptedException {
    var serializer = new ByteArraySerializer();
    Map<String, Object> properties =
        ClientProperties.producer(config, 0, new LongSummaryStatistics(), 1);
    KafkaCall.run(
        "cannot write to the positions topic '" + config.positionsTopic().name() + "'",
        () -> {
          try (Producer<byte[], byte[]> producer =
              new KafkaProducer<>(properties, serializer, serializer)) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(topic.ownerRecord(owner, ""));
            for (Position position : positions) {
              var ignored = producer.send(topic.record(position));
            }
            producer.commitTransaction();
            return Optional.empty();
          }
        });
  }
}
