package io.sluice.source.metrics;

import org.apache.flume.instrumentation.SourceCounter;

/** The counters of one source. Thread-safe. */
public final class SourceMetrics extends SourceCounter implements SourceMetricsMBean, LineCounts {
  private static final String LINES = "src.lines";
  private static final String BYTES = "src.bytes";
  private static final String ROTATIONS = "src.rotations";
  private static final String TRUNCATIONS = "src.truncations";
  private static final String GAPS = "src.gaps";
  private static final String LONG_LINES = "src.long.lines";
  private static final String DECODE_ERRORS = "src.decode.errors";
  private static final String HOLES = "src.hole.bytes";
  private static final String OPEN = "src.open.files";
  private static final String TRACKED = "src.tracked.files";
  private static final String LAG = "src.lag.bytes";
  private static final String UNREADABLE = "src.unreadable.files";
  private static final String[] ATTRIBUTES = {
    LINES,
    BYTES,
    ROTATIONS,
    TRUNCATIONS,
    GAPS,
    LONG_LINES,
    DECODE_ERRORS,
    HOLES,
    OPEN,
    TRACKED,
    LAG,
    UNREADABLE
  };

  private volatile String lagByFile = "";

  public SourceMetrics(String name) {
    super(name, ATTRIBUTES);
  }

  /** A batch is put on the channel, perhaps not for the first time. */
  public void received(int lines) {
    addToEventReceivedCount(lines);
    incrementAppendBatchReceivedCount();
  }

  /** The channel has taken the batch. */
  public void accepted(int lines, long bytes) {
    addToEventAcceptedCount(lines);
    incrementAppendBatchAcceptedCount();
    addAndGet(LINES, lines);
    addAndGet(BYTES, bytes);
  }

  @Override
  public long getLineCount() {
    return get(LINES);
  }

  @Override
  public long getByteCount() {
    return get(BYTES);
  }

  public void rotated() {
    increment(ROTATIONS);
  }

  public void truncated() {
    increment(TRUNCATIONS);
  }

  public void lost() {
    increment(GAPS);
  }

  @Override
  public long getRotationCount() {
    return get(ROTATIONS);
  }

  @Override
  public long getTruncationCount() {
    return get(TRUNCATIONS);
  }

  @Override
  public long getGapCount() {
    return get(GAPS);
  }

  public void unreadable(int files) {
    set(UNREADABLE, files);
  }

  @Override
  public long getUnreadableFileCount() {
    return get(UNREADABLE);
  }

  @Override
  public void longLine() {
    increment(LONG_LINES);
  }

  @Override
  public void decodeError() {
    increment(DECODE_ERRORS);
  }

  @Override
  public void hole(long bytes) {
    addAndGet(HOLES, bytes);
  }

  @Override
  public long getHoleByteCount() {
    return get(HOLES);
  }

  @Override
  public long getLongLineCount() {
    return get(LONG_LINES);
  }

  @Override
  public long getDecodeErrorCount() {
    return get(DECODE_ERRORS);
  }

  /**
   * Shows the files as the last look found them.
   *
   * @param newLagByFile {@code path=bytes path=bytes}, the largest first
   */
  public void show(int open, int tracked, long lag, String newLagByFile) {
    set(OPEN, open);
    set(TRACKED, tracked);
    set(LAG, lag);
    lagByFile = newLagByFile;
  }

  @Override
  public long getOpenFileCount() {
    return get(OPEN);
  }

  @Override
  public long getTrackedFileCount() {
    return get(TRACKED);
  }

  @Override
  public long getLagBytes() {
    return get(LAG);
  }

  @Override
  public String getLagByFile() {
    return lagByFile;
  }
}
