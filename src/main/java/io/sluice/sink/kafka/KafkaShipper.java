package io.sluice.sink.kafka;

import io.sluice.sink.DeliveryException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;
import java.time.Duration;
import java.util.Map;
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
  private final DeadLetters letters;
  private final Fates fates;
  private final Pace pace;
  private @Nullable OpenProducer producer;
  private @Nullable Transactions transactions;
  private @Nullable TopicLimits limits;
  private @Nullable KafkaBatch latest;

  KafkaShipper(SinkConfig config, String instance, SinkMetrics metrics, Fates fates, Pace pace) {
    this.config = config;
    this.instance = instance;
    this.metrics = metrics;
    this.router = new Router(config);
    this.letters = new DeadLetters(config, router, metrics);
    this.fates = fates;
    this.pace = pace;
  }

  @Override
  public Committed open(boolean again) throws DeliveryException, InterruptedException {
    ClassLoader before = useOwnClassLoader();
    try {
      TopicLimits known = FirstContact.limits(config, again);
      limits = known;
      Map<String, Object> properties =
          ClientProperties.producer(
              config, Runtime.getRuntime().maxMemory(), known.range(), pace.patience());
      Producer<byte[], byte[]> client =
          KafkaCall.run("cannot start the Kafka producer", () -> newProducer(properties));
      producer =
          new OpenProducer(
              client,
              pace,
              ClientProperties.number(properties, "buffer.memory"),
              Duration.ofMillis(ClientProperties.number(properties, "request.timeout.ms")));
      if (!config.isExactlyOnce()) {
        return Committed.NOTHING;
      }
      transactions =
          new Transactions(
              client,
              config,
              instance,
              Duration.ofMillis(ClientProperties.number(properties, "transaction.timeout.ms")));
      return transactions.open(again);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Producer<byte[], byte[]> newProducer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Kafka finds login modules, partitioners and interceptors through the thread's loader. */
  private static ClassLoader useOwnClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaShipper.class.getClassLoader());
    return before;
  }

  @Override
  public boolean isReachable() {
    return present(producer).isReachable();
  }

  @Override
  public Batch begin(boolean single) {
    if (latest != null) {
      latest.followed();
    }
    OpenProducer open = present(producer);
    var sender =
        new RecordSender(
            open,
            present(limits),
            router,
            letters,
            fates,
            transactions != null,
            single && transactions != null);
    latest = new KafkaBatch(open, transactions, fates, metrics, sender);
    return latest;
  }

  @Override
  public void close(Duration patience) {
    if (producer == null) {
      return;
    }
    ClassLoader before = useOwnClassLoader();
    if (transactions != null && transactions.isOverdue()) {
      pace.stalled();
    }
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
