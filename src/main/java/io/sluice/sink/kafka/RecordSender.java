package io.sluice.sink.kafka;

import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.SentBatch.Failure;
import io.sluice.sink.kafka.SentBatch.Sent;
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
 * Gives the records of one batch to the Kafka producer. What cannot be delivered is described
 * instead: what is known to be refused, and what the client refuses at once. Used by the sink's
 * thread.
 */
final class RecordSender implements Router.Output {
  private final Producer<byte[], byte[]> producer;
  private final TopicLimits limits;
  private final Router router;
  private final Undeliverables refused;
  private final SentBatch sent = new SentBatch();
  private Acks acks = new Acks();

  RecordSender(
      Producer<byte[], byte[]> producer,
      TopicLimits limits,
      Router router,
      Undeliverables refused) {
    this.producer = producer;
    this.limits = limits;
    this.router = router;
    this.refused = refused;
  }

  /** What was sent. */
  SentBatch sent() {
    return sent;
  }

  /** The answers to it. */
  Acks acks() {
    return acks;
  }

  /** The first error that came back, or null. */
  @Nullable Exception firstError() {
    return acks.firstError();
  }

  /**
   * Sends the event's records.
   *
   * @throws DeliveryException if Kafka did not take a record of the batch, and may take it later
   */
  void ship(Event event) throws DeliveryException, InterruptedException {
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
    if (error != null && !RecordErrors.isForGood(error)) {
      throw notTaken(error);
    }
  }

  /** Sends a record of our own, such as a position. */
  void sendOwn(ProducerRecord<byte[], byte[]> record) {
    sendNow(null, null, record);
  }

  /** Says why Kafka did not take a record. */
  DeliveryException notTaken(Throwable error) {
    Set<String> missing = limits.missing();
    if (error instanceof TimeoutException && !missing.isEmpty()) {
      return new DeliveryException(
          "the brokers have no topic " + String.join(", ", missing) + " and create none", error);
    }
    return KafkaCall.failed("Kafka did not take a record", error);
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
    sendWithCare(event, count, record);
    Exception refusal = acks.takeRefusal();
    if (refusal != null && RecordErrors.isForGood(refusal)) {
      refused.note(event, record.topic(), refusal);
    }
  }

  /** A record that its topic may refuse is a batch of its own for the client. */
  private void sendWithCare(
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
    Callback callback = refused.isSought() ? acks.sending(sent.size()) : acks.sending();
    sent.add(event, count, record, producer.send(record, callback));
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
    sent.count(Count.UNDELIVERABLE_RECORDS);
    ProducerRecord<byte[], byte[]> letter = refused.deadLetter(event, topic, error);
    if (letter != null) {
      sendNow(null, null, letter);
    }
  }

  /**
   * Describes the records that were refused, and sends again those that failed only because they
   * were in one Kafka batch with them. All must have been answered; whether there were any.
   *
   * @throws DeliveryException if something else is the matter
   */
  boolean sendFailedAgain() throws DeliveryException, InterruptedException {
    List<Failure> failures = sent.takeFailures();
    if (failures.isEmpty()) {
      return false;
    }
    if (failures.stream().noneMatch(RecordSender::isRefusal)) {
      throw notTaken(failures.get(0).error());
    }
    acks = new Acks();
    for (Failure failure : failures) {
      Sent record = failure.sent();
      Event event = record.event();
      if (event != null && isRefusal(failure)) {
        describe(event, record.record().topic(), String.valueOf(failure.error().getMessage()));
      } else {
        sendWithCare(event, record.count(), record.record());
      }
    }
    return true;
  }

  private static boolean isRefusal(Failure failure) {
    return failure.sent().event() != null && RecordErrors.isForGood(failure.error());
  }
}
