package io.sluice.sink.kafka;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Position;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.SentBatch.Sent;
import java.time.Duration;
import java.util.List;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * One batch given to the Kafka producer.
 *
 * <p>A record that Kafka refuses for good is replaced by its {@link DeadLetter}. Without
 * transactions that is done on the spot, so the rest of the batch is not sent again; a transaction
 * has to be aborted first, and the batch comes again.
 */
final class KafkaBatch implements Shipper.Batch {
  /** How long a stop waits for records that are on their way. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

  /** Longer than the client lets a record wait for others by default. */
  private static final Duration LINGER_PATIENCE = Duration.ofMillis(50);

  private final Producer<byte[], byte[]> producer;
  private final @Nullable Transactions transactions;
  private final Undeliverables refused;
  private final SinkMetrics metrics;
  private final RecordSender sender;
  private boolean begun;
  private boolean followed;

  KafkaBatch(
      Producer<byte[], byte[]> producer,
      @Nullable Transactions transactions,
      TopicLimits limits,
      Router router,
      Undeliverables refused,
      SinkMetrics metrics) {
    this.producer = producer;
    this.transactions = transactions;
    this.refused = refused;
    this.metrics = metrics;
    this.sender = new RecordSender(producer, limits, router, refused);
  }

  /** More records are sent after this batch's, so those do not wait for company. */
  void followed() {
    followed = true;
  }

  @Override
  public void ship(Event event) throws DeliveryException, InterruptedException {
    beginOnce();
    if (!isHopeless()) {
      sender.ship(event);
    }
  }

  private void beginOnce() throws DeliveryException, InterruptedException {
    if (transactions != null && !begun) {
      transactions.begin();
      begun = true;
    }
  }

  /** A record of the transaction was refused: it will be aborted, so the rest need not be sent. */
  private boolean isHopeless() {
    return transactions != null && sender.firstError() != null;
  }

  @Override
  public boolean await(Duration patience) throws InterruptedException {
    if (sender.acks().await(patience)) {
      return true;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before Kafka had the batch");
    }
    return false;
  }

  @Override
  public boolean commit(List<Position> positions) throws DeliveryException, InterruptedException {
    beginOnce(); // positions may come without events
    CrashPoint.AFTER_SEND.pass();
    if (transactions != null && !isHopeless()) {
      for (ProducerRecord<byte[], byte[]> position : transactions.records(positions)) {
        sender.sendOwn(position);
      }
    }
    awaitAcks();
    Exception error = sender.firstError();
    boolean delivered =
        error == null || (transactions == null ? mend() : abort(transactions, error));
    if (delivered && transactions != null) {
      CrashPoint.BEFORE_COMMIT.pass();
      transactions.commit();
      metrics.add(Count.TRANSACTION_COMMITS, 1);
    }
    if (delivered) {
      sender.sent().addCountsTo(metrics);
      refused.forget();
    }
    return delivered;
  }

  @Override
  public boolean abandon() {
    boolean delivered =
        transactions == null && sender.acks().areComplete() && sender.firstError() == null;
    if (delivered) {
      sender.sent().addCountsTo(metrics);
    }
    return delivered;
  }

  private void awaitAcks() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    if (!interrupted && followed && sender.acks().await(LINGER_PATIENCE)) {
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
    if (transactions != null || !sender.acks().await(STOP_PATIENCE)) {
      throw new InterruptedException("stopped before Kafka had the batch");
    }
    Thread.currentThread().interrupt();
  }

  /** Sends what failed once more, each in the way that its error asks for, until all is well. */
  private boolean mend() throws DeliveryException, InterruptedException {
    while (sender.sendFailedAgain()) {
      awaitAcks();
    }
    return true;
  }

  /** Gives the transaction up, having learnt which record it failed for, or how to find out. */
  private boolean abort(Transactions transaction, Exception error)
      throws DeliveryException, InterruptedException {
    if (!RecordErrors.isForGood(error)) {
      throw sender.notTaken(error);
    }
    if (refused.isSought() && sender.acks().firstFailed() >= 0) {
      Sent culprit = sender.sent().get(sender.acks().firstFailed());
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
