package io.sluice.sink.kafka;

import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What was sent of one batch, so that each failure finds its event. Used by the sink's thread. */
final class SentBatch {
  /**
   * One record, counted as {@code count}. Event and count are null for a record of our own, such as
   * a position.
   */
  record Sent(
      @Nullable Event event, @Nullable Count count, ProducerRecord<byte[], byte[]> record) {}

  /** A record that did not arrive. */
  record Failure(Sent sent, Throwable error) {}

  private static final Count[] COUNTS = Count.values();

  private final List<@Nullable Event> events = new ArrayList<>();
  private final List<@Nullable Count> kinds = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<Future<RecordMetadata>> futures = new ArrayList<>();
  private final long[] counts = new long[COUNTS.length];

  void add(
      @Nullable Event event,
      @Nullable Count count,
      ProducerRecord<byte[], byte[]> record,
      Future<RecordMetadata> future) {
    events.add(event);
    kinds.add(count);
    records.add(record);
    futures.add(future);
    add(count, 1);
  }

  void count(Count count) {
    add(count, 1);
  }

  @SuppressWarnings("EnumOrdinal") // an array, because this is done for every record
  private void add(@Nullable Count count, int delta) {
    if (count != null) {
      counts[count.ordinal()] += delta;
    }
  }

  Sent get(int index) {
    return new Sent(events.get(index), kinds.get(index), records.get(index));
  }

  /**
   * The failures among all records, which have all been answered. Forgets the records, and counts
   * those that failed no more.
   */
  List<Failure> takeFailures() throws InterruptedException {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < futures.size(); i++) {
      try {
        futures.get(i).get();
      } catch (ExecutionException e) {
        add(kinds.get(i), -1);
        failures.add(new Failure(get(i), e.getCause() == null ? e : e.getCause()));
      }
    }
    clearRecords();
    return failures;
  }

  int size() {
    return futures.size();
  }

  /** The batch is delivered. */
  void addCountsTo(SinkMetrics metrics) {
    for (int i = 0; i < counts.length; i++) {
      metrics.add(COUNTS[i], counts[i]);
    }
  }

  private void clearRecords() {
    events.clear();
    kinds.clear();
    records.clear();
    futures.clear();
  }
}
