package io.sluice.sink.kafka;

import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.Fates.Fate;
import io.sluice.sink.kafka.Fates.Form;
import io.sluice.sink.kafka.SentRecords.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the records of one batch to the Kafka producer, or what their {@linkplain Fates fate} asks
 * for: nothing if Kafka has the record from an earlier try, a dead letter if it refuses it. Used by
 * the sink's thread.
 */
final class RecordSender implements Router.Output {
  private final OpenProducer producer;
  private final TopicLimits limits;
  private final Router router;
  private final DeadLetters letters;
  private final Fates fates;
  private final SentRecords sent = new SentRecords();
  private Acks acks;

  private final boolean transactional;

  /** Each record is a request of its own, so that a refusal is that record's. */
  private final boolean single;

  private final List<Event> events = new ArrayList<>();

  private boolean transactionLost;

  /** Of how many of them every record was handed over. */
  private int handedOver;

  RecordSender(
      OpenProducer producer,
      TopicLimits limits,
      Router router,
      DeadLetters letters,
      Fates fates,
      boolean transactional,
      boolean single) {
    this.producer = producer;
    this.limits = limits;
    this.router = router;
    this.letters = letters;
    this.fates = fates;
    this.transactional = transactional;
    this.single = single;
    this.acks = producer.newAcks();
  }

  /** What was sent. */
  SentRecords sent() {
    return sent;
  }

  /** The answers to it. */
  Acks acks() {
    return acks;
  }

  /** The batch is delivered: its events will not come again. */
  void forgetFates() {
    if (!fates.isEmpty()) {
      events.forEach(fates::forget);
    }
  }

  /** Whether each record is sent by itself. */
  boolean isSingle() {
    return single;
  }

  /** What is sent from now on has answers of its own; all before must have come. */
  void renewAcks() {
    acks = producer.newAcks();
  }

  /** Whether every record of every event was handed over, and Kafka has answered well for all. */
  boolean isDelivered() {
    return !transactionLost
        && events.size() == handedOver
        && acks.areComplete()
        && acks.firstError() == null;
  }

  /** The first error that came back, or null. */
  @Nullable Exception firstError() {
    return acks.firstError();
  }

  /** Sends the event's records; after an exception some of them may not be handed over. */
  void ship(Event event) throws DeliveryException, InterruptedException {
    events.add(event);
    try {
      router.route(event, this);
    } catch (UndeliverableException e) {
      letter(event, Count.UNDELIVERABLE_RECORDS, e.topic(), String.valueOf(e.getMessage()));
    } catch (InterruptException e) {
      throw KafkaCall.interrupted();
    } catch (KafkaException | IllegalStateException e) {
      failUnlessRefused(e);
      return;
    }
    handedOver++;
  }

  /** Sends records of our own, such as positions. */
  void sendOwn(List<ProducerRecord<byte[], byte[]>> records)
      throws DeliveryException, InterruptedException {
    for (ProducerRecord<byte[], byte[]> record : records) {
      sendAgain(new Sent(null, null, Form.RECORD, record), false);
    }
  }

  /**
   * Sends once more what failed with others, or what its fate asks for by now.
   *
   * @param alone the client has nothing else to put in the record's batch, such as the next batch's
   *     records
   */
  void sendAgain(Sent record, boolean alone) throws DeliveryException, InterruptedException {
    try {
      if (alone) {
        producer.flush();
      }
      giveAgain(record);
    } catch (InterruptException e) {
      throw KafkaCall.interrupted();
    } catch (KafkaException | IllegalStateException e) {
      failUnlessRefused(e);
    }
  }

  /** The client takes nothing more in a transaction of which a record was refused. */
  private void failUnlessRefused(RuntimeException error) throws DeliveryException {
    producer.check();
    Throwable cause = error.getCause();
    if (!transactional || cause == null || !RecordErrors.isRefusal(cause)) {
      throw notTaken(error);
    }
    transactionLost = true;
  }

  private void giveAgain(Sent record) {
    Event event = record.event();
    Count count = record.count();
    Fate fate = event == null || count == null ? null : fates.of(event, count);
    if (event == null || count == null || fate == null || fate.form() == record.form()) {
      give(record);
    } else {
      letter(event, count, fate);
    }
  }

  /** Says why Kafka did not take a record. */
  DeliveryException notTaken(Throwable error) {
    Set<String> missing = limits.missing();
    if (error instanceof TimeoutException && !missing.isEmpty()) {
      return new DeliveryException(
          "the brokers have no topic " + String.join(", ", missing) + " and create none", error);
    }
    if (error instanceof InvalidTimestampException) {
      return KafkaCall.failed(
          "Kafka refuses the time of sending: this machine's clock differs from the broker's",
          error);
    }
    return KafkaCall.failed("Kafka did not take a record", error);
  }

  @Override
  public void send(Event event, ProducerRecord<byte[], byte[]> record, Count count)
      throws UndeliverableException {
    Fate fate = fates.of(event, count);
    if (fate.delivered()) {
      return;
    }
    if (fate.form() != Form.RECORD) {
      letter(event, count, fate);
      return;
    }
    String objection = limits.objection(record);
    if (objection != null) {
      letter(event, count, record.topic(), objection);
      return;
    }
    if (record.partition() != null) {
      checkPartition(record.topic(), record.partition());
    }
    give(new Sent(event, count, Form.RECORD, record));
  }

  /** The producer itself would wait for such a partition to be created, again and again. */
  private void checkPartition(String topic, int partition) throws UndeliverableException {
    int partitions;
    try {
      partitions = producer.partitions(topic);
    } catch (InvalidTopicException e) {
      throw new UndeliverableException(topic, "no topic can have this name");
    }
    if (partition >= partitions) {
      throw new UndeliverableException(
          topic, "there is no partition " + partition + ", the topic has " + partitions);
    }
  }

  private void letter(Event event, Count count, String topic, String error) {
    Fate fate = fates.of(event, count);
    letter(
        event,
        count,
        fate.form() == Form.RECORD ? fates.refused(event, count, topic, error) : fate);
  }

  private void letter(Event event, Count count, Fate fate) {
    if (fate.delivered()) {
      return;
    }
    ProducerRecord<byte[], byte[]> letter = letters.write(event, fate);
    if (letter == null) {
      fates.delivered(event, count);
    } else {
      give(new Sent(event, count, fate.form(), letter));
    }
  }

  /** A record that its topic may refuse is a batch of its own for the client. */
  private void give(Sent record) {
    boolean alone = single || limits.isDoubtful(record.record());
    if (alone) {
      producer.flush();
    }
    if (single && acks.firstError() != null) {
      return; // the transaction is lost, and the culprit known
    }
    sent.add(record, producer.send(record.record(), acks.sending()));
    Exception refusal = acks.takeRefusal();
    if (refusal != null) {
      noteRefusal(record, refusal);
    }
    if (alone) {
      producer.flush();
    }
  }

  /** Notes a refusal that is certainly this record's, if it is one for good. */
  boolean noteRefusal(Sent record, Throwable error) {
    Event event = record.event();
    Count count = record.count();
    if (event == null
        || count == null
        || RecordErrors.kind(error, record.record()) != RecordErrors.Kind.FOR_GOOD) {
      return false;
    }
    fates.refused(event, count, record.record().topic(), String.valueOf(error.getMessage()));
    return true;
  }
}
