package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.Shipper;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.SentRecords.Failure;
import io.sluice.sink.kafka.SentRecords.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Event;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * One batch given to the Kafka producer.
 *
 * <p>Which record Kafka refuses is found by sending less: without transactions here, the records
 * that failed in halves; in a transaction by the sink, which ships fewer events.
 */
final class KafkaBatch implements Shipper.Batch {
  /** How long a stop waits for records that are on their way. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

  /** Longer than the client lets a record wait for others by default. */
  private static final Duration LINGER_PATIENCE = Duration.ofMillis(50);

  private final OpenProducer producer;
  private final @Nullable Transactions transactions;
  private final Fates fates;
  private final SinkMetrics metrics;
  private final RecordSender sender;

  /** Records that have arrived while others failed. */
  private final List<Sent> arrived = new ArrayList<>();

  private @Nullable Throwable passing;
  private boolean begun;
  private boolean followed;

  /** Some records failed, and not all of them have arrived since. */
  private boolean failed;

  KafkaBatch(
      OpenProducer producer,
      @Nullable Transactions transactions,
      Fates fates,
      SinkMetrics metrics,
      RecordSender sender) {
    this.producer = producer;
    this.transactions = transactions;
    this.fates = fates;
    this.metrics = metrics;
    this.sender = sender;
  }

  /** More records are sent after this batch's, so those do not wait for company. */
  void followed() {
    followed = true;
  }

  @Override
  public void ship(Event event) throws DeliveryException, InterruptedException {
    beginOnce();
    if (transactions == null || sender.firstError() == null) { // or the transaction is lost
      sender.ship(event);
    }
  }

  private void beginOnce() throws DeliveryException, InterruptedException {
    if (transactions != null && !begun) {
      transactions.begin();
      begun = true;
    }
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
  public boolean finish(List<Position> positions, String name)
      throws DeliveryException, InterruptedException {
    beginOnce(); // positions may come without events
    if (transactions != null && sender.firstError() == null) {
      sender.sendOwn(transactions.records(positions, name));
    }
    awaitAnswers();
    if (!sender.isDelivered()) {
      if (transactions != null) {
        abort(transactions);
        return false;
      }
      failed = true;
      eliminate(sender.sent().takeFailures(arrived), false);
      if (passing != null) {
        throw sender.notTaken(passing);
      }
      failed = false;
    }
    sender.sent().countAll();
    return true;
  }

  @Override
  public void commit() throws DeliveryException, InterruptedException {
    if (transactions != null) {
      transactions.commit();
      metrics.add(Count.TRANSACTION_COMMITS, 1);
    }
    delivered();
  }

  @Override
  public boolean abandon() {
    if (transactions != null) {
      return false;
    }
    if (!failed && sender.isDelivered()) {
      sender.sent().countAll();
      delivered();
      return true;
    }
    try {
      sender.sent().takeFailures(arrived);
    } catch (InterruptedException e) { // then what has arrived comes again
      Thread.currentThread().interrupt();
    }
    noteArrived();
    return false;
  }

  private void delivered() {
    sender.sent().addCountsTo(metrics);
    sender.forgetFates();
  }

  /** The events come again, but not the records that Kafka has. */
  private void noteArrived() {
    for (Sent record : arrived) {
      if (record.event() != null && record.count() != null) {
        fates.delivered(record.event(), record.count());
      }
    }
    arrived.clear();
    sender.sent().addCountsTo(metrics);
  }

  private void awaitAnswers() throws DeliveryException, InterruptedException {
    boolean interrupted = Thread.interrupted();
    if (!interrupted && followed && sender.acks().await(LINGER_PATIENCE)) {
      return;
    }
    if (!interrupted) {
      try {
        producer.flush();
        producer.check();
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

  /**
   * Sends what failed once more, in halves, until every record has arrived, is alone and refused
   * for good, or failed for a reason that will pass.
   *
   * @param alone the only failure was sent without others
   */
  private void eliminate(List<Failure> failures, boolean alone)
      throws DeliveryException, InterruptedException {
    List<Sent> again = new ArrayList<>();
    for (Failure failure : failures) {
      Sent sent = failure.sent();
      if (!RecordErrors.isRefusal(failure.error())) {
        passing = failure.error();
      } else if (!alone || isNoted(sent) || sender.noteRefusal(sent, failure.error())) {
        again.add(sent);
      } else {
        passing = failure.error();
      }
    }
    int half = again.size() < 2 ? again.size() : again.size() / 2;
    sendAgain(again.subList(0, half));
    sendAgain(again.subList(half, again.size()));
  }

  private boolean isNoted(Sent sent) {
    return sent.event() != null
        && sent.count() != null
        && fates.of(sent.event(), sent.count()).form() != sent.form();
  }

  private void sendAgain(List<Sent> records) throws DeliveryException, InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    boolean alone = records.size() == 1;
    sender.renewAcks();
    for (Sent record : records) {
      sender.sendAgain(record, alone);
    }
    awaitAnswers();
    eliminate(sender.sent().takeFailures(arrived), alone);
  }

  /** Gives the transaction up; if its event was the only one, the refused record is known now. */
  private void abort(Transactions transaction) throws DeliveryException, InterruptedException {
    List<Failure> failures = sender.sent().takeFailures(new ArrayList<>());
    Throwable error = sender.firstError();
    if (error == null || !RecordErrors.isRefusal(error)) {
      throw sender.notTaken(error == null ? new IllegalStateException("not handed over") : error);
    }
    if (sender.isSingle()) {
      Failure culprit = failures.get(0);
      if (!isNoted(culprit.sent()) && !sender.noteRefusal(culprit.sent(), culprit.error())) {
        throw sender.notTaken(culprit.error());
      }
    }
    transaction.abort();
    metrics.add(Count.TRANSACTION_ABORTS, 1);
  }
}
