package io.sluice.sink;

import org.apache.flume.instrumentation.SinkCounter;

/** Counts for JMX and Flume's monitoring, batch by batch. Thread-safe. */
public final class SinkMetrics extends SinkCounter implements SinkMetricsMBean {
  /** What is counted beside Flume's own. */
  public enum Count {
    RAW_RECORDS,
    VALID_RECORDS,
    INVALID_RECORDS,
    PLAIN_RECORDS,
    BODY_BYTES,
    UNDELIVERABLE_RECORDS,
    STALE_EVENTS,
    REPLACED_EVENTS,
    RETRIES,
    TRANSACTION_COMMITS,
    TRANSACTION_ABORTS,
    FENCED,
    KAFKA_WAIT_MILLIS
  }

  SinkMetrics(String sinkName) {
    super(sinkName, names());
  }

  private static String[] names() {
    Count[] counts = Count.values();
    String[] names = new String[counts.length];
    for (int i = 0; i < counts.length; i++) {
      names[i] = counts[i].name();
    }
    return names;
  }

  public void add(Count count, long delta) {
    if (delta != 0) {
      addAndGet(count.name(), delta);
    }
  }

  /** Kafka has a batch of {@code events}, which may have had {@code most}. */
  void delivered(int events, int most) {
    addToEventDrainSuccessCount(events);
    if (events == 0) {
      incrementBatchEmptyCount();
    } else if (events < most) {
      incrementBatchUnderflowCount();
    } else {
      incrementBatchCompleteCount();
    }
  }

  @Override
  public long getKafkaEventSendTimer() {
    return read(Count.KAFKA_WAIT_MILLIS);
  }

  @Override
  public long getRollbackCount() {
    return read(Count.RETRIES);
  }

  private long read(Count count) {
    return get(count.name());
  }

  @Override
  public long getRawRecordCount() {
    return read(Count.RAW_RECORDS);
  }

  @Override
  public long getValidRecordCount() {
    return read(Count.VALID_RECORDS);
  }

  @Override
  public long getInvalidRecordCount() {
    return read(Count.INVALID_RECORDS);
  }

  @Override
  public long getPlainRecordCount() {
    return read(Count.PLAIN_RECORDS);
  }

  @Override
  public long getBodyByteCount() {
    return read(Count.BODY_BYTES);
  }

  @Override
  public long getUndeliverableRecordCount() {
    return read(Count.UNDELIVERABLE_RECORDS);
  }

  @Override
  public long getStaleEventCount() {
    return read(Count.STALE_EVENTS);
  }

  @Override
  public long getReplacedEventCount() {
    return read(Count.REPLACED_EVENTS);
  }

  @Override
  public long getRetryCount() {
    return read(Count.RETRIES);
  }

  @Override
  public long getTransactionCommitCount() {
    return read(Count.TRANSACTION_COMMITS);
  }

  @Override
  public long getTransactionAbortCount() {
    return read(Count.TRANSACTION_ABORTS);
  }

  @Override
  public long getFencedCount() {
    return read(Count.FENCED);
  }

  @Override
  public long getKafkaWaitMillis() {
    return read(Count.KAFKA_WAIT_MILLIS);
  }
}
