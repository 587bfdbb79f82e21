package io.sluice.sink.kafka;

import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.Fates.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What was sent of one batch, so that each answer finds its event. Used by the sink's thread. */
final class SentRecords {
  /**
   * One record. Event and count are null for a record of our own, such as a position.
   *
   * @param form what it is: the record that was asked for, or a dead letter for it
   */
  record Sent(
      @Nullable Event event,
      @Nullable Count count,
      Form form,
      ProducerRecord<byte[], byte[]> record) {}

  /** A record that did not arrive. */
  record Failure(Sent sent, Throwable error) {}

  private static final Count[] COUNTS = Count.values();

  private final List<Sent> records = new ArrayList<>();
  private final List<Future<RecordMetadata>> answers = new ArrayList<>();
  private final long[] counts = new long[COUNTS.length];

  void add(Sent record, Future<RecordMetadata> answer) {
    records.add(record);
    answers.add(answer);
  }

  /**
   * Takes all records out, those that Kafka has into {@code arrived}, and returns the others. What
   * has no answer counts as failed.
   */
  List<Failure> takeFailures(List<Sent> arrived) throws InterruptedException {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Throwable error = errorOf(answers.get(i));
      if (error == null) {
        arrived.add(records.get(i));
        countArrived(records.get(i));
      } else {
        failures.add(new Failure(records.get(i), error));
      }
    }
    records.clear();
    answers.clear();
    return failures;
  }

  private static @Nullable Throwable errorOf(Future<RecordMetadata> answer)
      throws InterruptedException {
    if (!answer.isDone()) {
      return new CancellationException("Kafka has not answered");
    }
    try {
      answer.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  @SuppressWarnings("EnumOrdinal") // an array, because this is done for every record
  private void countArrived(Sent sent) {
    if (sent.count() != null) {
      Count count = sent.form() == Form.RECORD ? sent.count() : Count.UNDELIVERABLE_RECORDS;
      counts[count.ordinal()]++;
    }
  }

  /** Every record has arrived. */
  void countAll() {
    records.forEach(this::countArrived);
  }

  void addCountsTo(SinkMetrics metrics) {
    for (int i = 0; i < counts.length; i++) {
      metrics.add(COUNTS[i], counts[i]);
      counts[i] = 0;
    }
  }
}
