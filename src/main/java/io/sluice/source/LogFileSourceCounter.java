package io.sluice.source;

import org.apache.flume.instrumentation.SourceCounter;

/** The counters of one source. Thread-safe. */
final class LogFileSourceCounter extends SourceCounter implements LogFileSourceCounterMBean {
  private static final String LINES = "src.lines";
  private static final String BYTES = "src.bytes";
  private static final String[] ATTRIBUTES = {LINES, BYTES};

  LogFileSourceCounter(String name) {
    super(name, ATTRIBUTES);
  }

  void received(Batch batch) {
    addToEventReceivedCount(batch.size());
    incrementAppendBatchReceivedCount();
  }

  void accepted(Batch batch) {
    addToEventAcceptedCount(batch.size());
    incrementAppendBatchAcceptedCount();
    addAndGet(LINES, batch.size());
    addAndGet(BYTES, batch.bytes());
  }

  @Override
  public long getLineCount() {
    return get(LINES);
  }

  @Override
  public long getByteCount() {
    return get(BYTES);
  }
}
