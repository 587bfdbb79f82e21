package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Ships with the Kafka producer, in transactions or without. */
final class KafkaShipper implements Shipper {
  private final SinkConfig config;
  private final String instance;
  private final SinkMetrics metrics;
  private final Router router;
  private final Undeliverables refused;
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Transactions transactions;
  private @Nullable TopicLimits limits;
  private @Nullable KafkaBatch latest;

  KafkaShipper(SinkConfig config, String instance, SinkMetrics metrics) {
    this.config = config;
    this.instance = instance;
    this.metrics = metrics;
    this.router = new Router(config);
    this.refused = new Undeliverables(config);
  }

  @Override
  public List<Position> open(boolean again) throws DeliveryException, InterruptedException {
    ClassLoader before = useOwnClassLoader();
    try {
      TopicLimits known = TopicLimits.read(config);
      limits = known;
      producer = KafkaCall.run("cannot start the Kafka producer", () -> newProducer(known));
      if (!config.isExactlyOnce()) {
        return List.of();
      }
      transactions = new Transactions(producer, config, instance);
      return transactions.open(again);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private Producer<byte[], byte[]> newProducer(TopicLimits known) {
    return new KafkaProducer<>(
        ClientProperties.producer(config, Runtime.getRuntime().maxMemory(), known.range()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Kafka finds login modules, partitioners and interceptors through the thread's loader. */
  private static ClassLoader useOwnClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaShipper.class.getClassLoader());
    return before;
  }

  @Override
  public Batch begin() {
    if (latest != null) {
      latest.followed();
    }
    latest =
        new KafkaBatch(present(producer), transactions, present(limits), router, refused, metrics);
    return latest;
  }

  @Override
  public void close(Duration patience) {
    if (producer == null) {
      return;
    }
    ClassLoader before = useOwnClassLoader();
    boolean interrupted = Thread.interrupted(); // or the client would not wait at all
    try {
      producer.close(patience);
    } catch (KafkaException e) {
      interrupted |= Thread.interrupted();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }
}
