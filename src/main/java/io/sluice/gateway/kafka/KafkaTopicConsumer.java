package io.sluice.gateway.kafka;

import io.sluice.gateway.Message;
import io.sluice.gateway.ReceiveConfig;
import io.sluice.gateway.TopicConsumer;
import io.sluice.gateway.UnavailableException;
import io.sluice.kafkaclient.ProtocolProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages with the Kafka consumer, which fetches many and gives one at a time. Connects at
 * the first poll.
 */
final class KafkaTopicConsumer implements TopicConsumer {
  private static final Duration CALL = Duration.ofSeconds(5);

  /** Longest wait for the group to give this member its partitions. */
  private static final Duration JOIN = Duration.ofSeconds(10);

  private static final Duration STEP = Duration.ofMillis(50);

  private final String topic;
  private final Map<String, Object> properties;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  KafkaTopicConsumer(ReceiveConfig config, String topic) {
    this.topic = topic;
    this.properties = properties(config, config.group() + "-" + topic);
  }

  /**
   * A member joins and leaves its group whenever clients come and go, and meanwhile the group's
   * other members get nothing. So each topic has its own group.
   */
  private static Map<String, Object> properties(ReceiveConfig config, String group) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("client.id", group);
    properties.putAll(config.consumer());
    properties.put("bootstrap.servers", config.servers());
    properties.put("group.id", group);
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "1");
    return properties;
  }

  @Override
  public @Nullable Message poll(Duration limit) throws UnavailableException {
    return call(
        () -> {
          Consumer<byte[], byte[]> open = open();
          long deadline = System.nanoTime() + JOIN.toNanos();
          Message message = null;
          while (message == null && open.assignment().isEmpty()) {
            if (System.nanoTime() > deadline) {
              throw new KafkaException(
                  "no partition of the topic is assigned to this gateway; the topic or the broker"
                      + " is not there, or other gateways of the group have all partitions");
            }
            message = next(open, STEP);
          }
          return message == null ? next(open, limit) : message;
        });
  }

  private static @Nullable Message next(Consumer<byte[], byte[]> open, Duration limit) {
    for (ConsumerRecord<byte[], byte[]> item : open.poll(limit)) {
      return new Message(item.partition(), item.offset(), item.value());
    }
    return null;
  }

  private Consumer<byte[], byte[]> open() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      new ProtocolProbe(properties)
          .beforeConnecting()
          .ifPresent(
              objection -> {
                throw new KafkaException(objection);
              });
      open =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer = open;
      open.subscribe(List.of(topic));
    }
    return open;
  }

  @Override
  public void commit(Message message) throws UnavailableException {
    var next = new OffsetAndMetadata(message.offset() + 1);
    call(
        () -> {
          open().commitSync(Map.of(partition(message), next), CALL);
          return true;
        });
  }

  @Override
  public void putBack(Message message) {
    open().seek(partition(message), message.offset());
  }

  @Override
  public void check() throws UnavailableException {
    call(() -> open().endOffsets(open().assignment(), CALL));
  }

  @Override
  public void wakeUp() {
    Consumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  @Override
  public void close(Duration limit) {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    if (open != null) {
      try {
        open.close(CloseOptions.timeout(limit));
      } catch (KafkaException e) {
        Thread.interrupted(); // it is closed all the same
      }
    }
  }

  private TopicPartition partition(Message message) {
    return new TopicPartition(topic, message.partition());
  }

  /** Kafka finds login modules and interceptors through the thread's class loader. */
  private static <T> T call(Supplier<T> call) throws UnavailableException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaTopicConsumer.class.getClassLoader());
    try {
      return call.get();
    } catch (InterruptException e) {
      throw new UnavailableException("the agent stops", e);
    } catch (KafkaException | IllegalStateException e) {
      throw new UnavailableException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
