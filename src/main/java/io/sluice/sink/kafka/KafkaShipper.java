package io.sluice.sink.kafka;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Position;
import io.sluice.sink.ShipmentException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.SentBatch.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
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

  private boolean begun;

  /** A record of this batch was refused by a broker, and it has to be found out which. */
  private boolean careful;

  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Transactions transactions;
  private @Nullable TopicLimits limits;

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
  public void ship(Event event) throws ShipmentException, InterruptedException {
    if (transactions != null && !begun) {
      transactions.begin();
      begun = true;
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
      throw notTaken(error);
    }
  }

  private ShipmentException notTaken(Throwable error) {
    Set<String> missing = present(limits).missing();
    if (error instanceof TimeoutException && !missing.isEmpty()) {
      return new ShipmentException(
          "the brokers have no topic " + String.join(", ", missing) + " and create none", error);
    }
    return KafkaCall.failed("Kafka did not take a record", error);
  }

  /** A record of the transaction was refused: it will be aborted, so the rest need not be sent. */
  private boolean isHopeless() {
    return transactions != null && acks.firstError() != null;
  }

  @Override
  public void send(Event event, ProducerRecord<byte[], byte[]> record, Count count)
      throws UndeliverableException {
    String error = refused.errorOf(event, record.topic());
    if (error == null) {
      error = present(limits).objection(record);
    }
    if (error != null) {
      describe(event, record.topic(), error);
      return;
    }
    if (record.partition() != null) {
      checkPartition(record.topic(), record.partition());
    }
    ship(event, count, record);
    Exception refusal = acks.takeRefusal();
    if (refusal != null && Refusals.isForGood(refusal)) {
      refused.note(event, record.topic(), refusal);
    }
  }

  /** A record that its topic may refuse is a batch of its own for the client. */
  private void ship(
      @Nullable Event event, @Nullable Count count, ProducerRecord<byte[], byte[]> record) {
    boolean alone = present(limits).isDoubtful(record);
    if (alone) {
      open().flush();
    }
    sendNow(event, count, record);
    if (alone) {
      open().flush();
    }
  }

  private void sendNow(
      @Nullable Event event, @Nullable Count count, ProducerRecord<byte[], byte[]> record) {
    Callback callback = careful ? acks.sending(batch.size()) : acks.sending();
    batch.add(event, count, record, open().send(record, callback));
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
      sendNow(null, null, letter);
    }
  }

  @Override
  public boolean settle(List<Position> positions) throws ShipmentException, InterruptedException {
    CrashPoint.AFTER_SEND.pass();
    if (transactions != null && !isHopeless()) {
      for (ProducerRecord<byte[], byte[]> position : transactions.records(positions)) {
        sendNow(null, null, position);
      }
    }
    awaitAcks();
    boolean delivered = acks.firstError() == null || (transactions == null ? mend() : abort());
    if (delivered && transactions != null) {
      CrashPoint.BEFORE_COMMIT.pass();
      transactions.commit();
      metrics.add(Count.TRANSACTION_COMMITS, 1);
    }
    if (delivered) {
      batch.addCountsTo(metrics);
      refused.forget();
      careful = false;
    }
    batch.clear();
    acks = new Acks();
    begun = false;
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
   * Describes the records that were refused, and sends again those that failed only because they
   * were in one Kafka batch with them; until all is well or something else is the matter.
   */
  private boolean mend() throws ShipmentException, InterruptedException {
    List<SentBatch.Failure> failures = batch.takeFailures();
    while (!failures.isEmpty()) {
      if (failures.stream().noneMatch(KafkaShipper::isRefusal)) {
        throw notTaken(failures.get(0).error());
      }
      acks = new Acks();
      for (SentBatch.Failure failure : failures) {
        Sent sent = failure.sent();
        Event event = sent.event();
        if (event != null && isRefusal(failure)) {
          describe(event, sent.record().topic(), text(failure.error()));
        } else {
          ship(event, sent.count(), sent.record());
        }
      }
      awaitAcks();
      failures = batch.takeFailures();
    }
    return true;
  }

  private static boolean isRefusal(SentBatch.Failure failure) {
    return failure.sent().event() != null && Refusals.isForGood(failure.error());
  }

  private static String text(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  /** Gives the transaction up, having learnt which record it failed for, or how to find out. */
  private boolean abort() throws ShipmentException, InterruptedException {
    Exception error = acks.firstError();
    if (error != null && !Refusals.isForGood(error)) {
      throw notTaken(error);
    }
    if (careful && acks.firstFailed() >= 0) {
      Sent culprit = batch.get(acks.firstFailed());
      if (culprit.event() == null) {
        throw KafkaCall.failed("Kafka refuses one of our own records", present(error));
      }
      refused.note(culprit.event(), culprit.record().topic(), present(error));
    }
    careful = true;
    present(transactions).abort();
    metrics.add(Count.TRANSACTION_ABORTS, 1);
    return false;
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
    return present(producer);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }
}
