package io.sluice.sink.kafka;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Position;
import io.sluice.sink.ShipmentException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Ships with the Kafka producer, in transactions or without.
 *
 * <p>A record that Kafka refuses for good is replaced by its {@link DeadLetter}. Without
 * transactions that is done on the spot, so the rest of the batch is not sent again; a transaction
 * has to be aborted first, and the batch comes again.
 */
final class KafkaShipper implements Shipper, Router.Output {
  /** How long a stop waits for records that are on their way. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

  private final SinkConfig config;
  private final String instance;
  private final SinkMetrics metrics;
  private final Router router;
  private final RefusedRecords refused;
  private final SentBatch batch = new SentBatch();
  private Acks acks = new Acks();
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Transactions transactions;

  KafkaShipper(SinkConfig config, String instance, SinkMetrics metrics) {
    this.config = config;
    this.instance = instance;
    this.metrics = metrics;
    this.router = new Router(config);
    this.refused = new RefusedRecords(config);
  }

  @Override
  public List<Position> open(boolean again) throws ShipmentException, InterruptedException {
    ClassLoader before = useOwnClassLoader();
    try {
      producer = KafkaCall.run("cannot start the Kafka producer", this::newProducer);
      if (!config.isExactlyOnce()) {
        return List.of();
      }
      transactions = new Transactions(producer, config, instance);
      return transactions.open(again);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private Producer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(
        ClientProperties.producer(config, Runtime.getRuntime().maxMemory()),
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
  public void ship(Event event) throws ShipmentException, InterruptedException {
    if (batch.size() == 0 && transactions != null) {
      transactions.begin();
    }
    if (isHopeless()) {
      return;
    }
    try {
      router.route(event, this);
    } catch (UndeliverableException e) {
      describe(event, e.topic(), String.valueOf(e.getMessage()));
    } catch (InterruptException e) {
      throw KafkaCall.interrupted();
    } catch (KafkaException | IllegalStateException e) {
      if (acks.firstError() == null) {
        throw KafkaCall.failed("cannot send", e);
      }
    }
    Exception error = acks.firstError();
    if (error != null && !Refusals.isForGood(error)) {
      throw KafkaCall.failed("Kafka did not take a record", error);
    }
  }

  /** A record of the transaction was refused: it will be aborted, so the rest need not be sent. */
  private boolean isHopeless() {
    return transactions != null && acks.firstError() != null;
  }

  @Override
  public void send(Event event, ProducerRecord<byte[], byte[]> record, Count count)
      throws UndeliverableException {
    String error = refused.errorOf(event, record.topic());
    if (error != null) {
      describe(event, record.topic(), error);
      return;
    }
    if (record.partition() != null) {
      checkPartition(record.topic(), record.partition());
    }
    batch.add(event, record, sendNow(record));
    batch.count(count);
  }

  private Future<RecordMetadata> sendNow(ProducerRecord<byte[], byte[]> record) {
    acks.sending();
    return open().send(record, acks);
  }

  /** The producer itself would wait for such a partition to be created, again and again. */
  private void checkPartition(String topic, int partition) throws UndeliverableException {
    int partitions = open().partitionsFor(topic).size();
    if (partition >= partitions) {
      throw new UndeliverableException(
          topic, "there is no partition " + partition + ", the topic has " + partitions);
    }
  }

  private void describe(Event event, String topic, String error) {
    batch.count(Count.UNDELIVERABLE_RECORDS);
    ProducerRecord<byte[], byte[]> letter = refused.deadLetter(event, topic, error);
    if (letter != null) {
      batch.add(null, letter, sendNow(letter));
    }
  }

  @Override
  public boolean settle(List<Position> positions) throws ShipmentException, InterruptedException {
    CrashPoint.AFTER_SEND.pass();
    if (transactions != null && !isHopeless()) {
      for (ProducerRecord<byte[], byte[]> position : transactions.records(positions)) {
        batch.add(null, position, sendNow(position));
      }
    }
    awaitAcks();
    boolean delivered = acks.firstError() == null || mend();
    if (delivered && transactions != null) {
      CrashPoint.BEFORE_COMMIT.pass();
      transactions.commit();
      metrics.add(Count.TRANSACTION_COMMITS, 1);
    }
    if (delivered) {
      batch.addCountsTo(metrics);
      refused.forget();
    }
    batch.clear();
    acks = new Acks();
    return delivered;
  }

  private void awaitAcks() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    if (!interrupted) {
      try {
        open().flush();
        return;
      } catch (InterruptException e) {
        Thread.interrupted();
      }
    }
    // Stopping. A transaction may be cut off at any point; without one, waiting saves repeats.
    if (transactions != null || !acks.await(STOP_PATIENCE)) {
      throw new InterruptedException("stopped before Kafka had the batch");
    }
    Thread.currentThread().interrupt();
  }

  /**
   * Deals with failures. If all are refusals for good, the refused records are described instead.
   *
   * @return whether the batch is whole now; if not, it must be shipped again
   */
  private boolean mend() throws ShipmentException, InterruptedException {
    int sent = batch.size();
    List<SentBatch.Failure> failures = refused.note(batch.failuresFrom(0));
    boolean someRefused = failures.size() < batch.failuresFrom(0).size();
    if (transactions != null && someRefused) {
      transactions.abort();
      metrics.add(Count.TRANSACTION_ABORTS, 1);
      return false;
    }
    if (!failures.isEmpty()) {
      throw KafkaCall.failed("Kafka did not take a record", failures.get(0).error());
    }
    acks = new Acks();
    refused.forEach(this::describe);
    awaitAcks();
    for (SentBatch.Failure failure : batch.failuresFrom(sent)) {
      throw KafkaCall.failed("Kafka did not take a dead letter", failure.error());
    }
    return true;
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

  private Producer<byte[], byte[]> open() {
    if (producer == null) {
      throw new IllegalStateException("not open");
    }
    return producer;
  }
}
