package io.sluice.sink.kafka;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Position;
import io.sluice.sink.ShipmentException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.SentBatch.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One batch given to the Kafka producer.
 *
 * <p>A record that Kafka refuses for good is replaced by its {@link DeadLetter}. Without
 * transactions that is done on the spot, so the rest of the batch is not sent again; a transaction
 * has to be aborted first, and the batch comes again.
 */
final class KafkaBatch implements Shipper.Batch, Router.Output {
  /** How long a stop waits for records that are on their way. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

  /** Longer than the client lets a record wait for others by default. */
  private static final Duration LINGER_PATIENCE = Duration.ofMillis(50);

  private final Producer<byte[], byte[]> producer;
  private final @Nullable Transactions transactions;
  private final TopicLimits limits;
  private final Router router;
  private final RefusedRecords refused;
  private final SinkMetrics metrics;
  private final SentBatch batch = new SentBatch();
  private Acks acks = new Acks();
  private boolean begun;
  private boolean followed;

  KafkaBatch(
      Producer<byte[], byte[]> producer,
      @Nullable Transactions transactions,
      TopicLimits limits,
      Router router,
      RefusedRecords refused,
      SinkMetrics metrics) {
    this.producer = producer;
    this.transactions = transactions;
    this.limits = limits;
    this.router = router;
    this.refused = refused;
    this.metrics = metrics;
  }

  /** More records are sent after this batch's, so those do not wait for company. */
  void followed() {
    followed = true;
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
    Set<String> missing = limits.missing();
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
      error = limits.objection(record);
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
    boolean alone = limits.isDoubtful(record);
    if (alone) {
      producer.flush();
    }
    sendNow(event, count, record);
    if (alone) {
      producer.flush();
    }
  }

  private void sendNow(
      @Nullable Event event, @Nullable Count count, ProducerRecord<byte[], byte[]> record) {
    Callback callback = refused.isSought() ? acks.sending(batch.size()) : acks.sending();
    batch.add(event, count, record, producer.send(record, callback));
  }

  /** The producer itself would wait for such a partition to be created, again and again. */
  private void checkPartition(String topic, int partition) throws UndeliverableException {
    int partitions = producer.partitionsFor(topic).size();
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
  public boolean await(Duration patience) throws InterruptedException {
    if (acks.await(patience)) {
      return true;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before Kafka had the batch");
    }
    return false;
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
    Exception error = acks.firstError();
    boolean delivered =
        error == null || (transactions == null ? mend() : abort(transactions, error));
    if (delivered && transactions != null) {
      CrashPoint.BEFORE_COMMIT.pass();
      transactions.commit();
      metrics.add(Count.TRANSACTION_COMMITS, 1);
    }
    if (delivered) {
      batch.addCountsTo(metrics);
      refused.forget();
    }
    return delivered;
  }

  @Override
  public boolean end() {
    boolean delivered = transactions == null && acks.areComplete() && acks.firstError() == null;
    if (delivered) {
      batch.addCountsTo(metrics);
    }
    return delivered;
  }

  private void awaitAcks() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    if (!interrupted && followed && acks.await(LINGER_PATIENCE)) {
      return;
    }
    if (!interrupted) {
      try {
        producer.flush();
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
      if (failures.stream().noneMatch(KafkaBatch::isRefusal)) {
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
  private boolean abort(Transactions transaction, Exception error)
      throws ShipmentException, InterruptedException {
    if (!Refusals.isForGood(error)) {
      throw notTaken(error);
    }
    if (refused.isSought() && acks.firstFailed() >= 0) {
      Sent culprit = batch.get(acks.firstFailed());
      if (culprit.event() == null) {
        throw KafkaCall.failed("Kafka refuses one of our own records", error);
      }
      refused.note(culprit.event(), culprit.record().topic(), error);
    }
    refused.seek();
    transaction.abort();
    metrics.add(Count.TRANSACTION_ABORTS, 1);
    return false;
  }
}
