package io.sluice.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.SourceCounter;

/** The counters of one source. Thread-safe. */
final class LogFileSourceCounter extends SourceCounter implements LogFileSourceCounterMBean {
  private static final String LINES = "src.lines";
  private static final String BYTES = "src.bytes";
  private static final String ROTATIONS = "src.rotations";
  private static final String TRUNCATIONS = "src.truncations";
  private static final String GAPS = "src.gaps";
  private static final String LONG_LINES = "src.long.lines";
  private static final String DECODE_ERRORS = "src.decode.errors";
  private static final String OPEN = "src.open.files";
  private static final String TRACKED = "src.tracked.files";
  private static final String LAG = "src.lag.bytes";
  private static final int MOST_SHOWN = 20;
  private static final String[] ATTRIBUTES = {
    LINES, BYTES, ROTATIONS, TRUNCATIONS, GAPS, LONG_LINES, DECODE_ERRORS, OPEN, TRACKED, LAG
  };

  private final ShownFiles shownFiles = new ShownFiles();
  private volatile String lagByFile = "";

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

  void rotated() {
    increment(ROTATIONS);
  }

  void truncated() {
    increment(TRUNCATIONS);
  }

  void lost() {
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

  void longLine() {
    increment(LONG_LINES);
  }

  void decodeError() {
    increment(DECODE_ERRORS);
  }

  @Override
  public long getLongLineCount() {
    return get(LONG_LINES);
  }

  @Override
  public long getDecodeErrorCount() {
    return get(DECODE_ERRORS);
  }

  /** Shows the state of all files, as the last scan found it. */
  void show(Collection<TailedFile> files, int openFiles, long nowNanos) {
    shownFiles.show(files, nowNanos);
    set(OPEN, openFiles);
    set(TRACKED, files.size());
    set(LAG, files.stream().mapToLong(TailedFile::lag).sum());
    lagByFile =
        files.stream()
            .filter(file -> file.lag() > 0)
            .sorted(Comparator.comparingLong(TailedFile::lag).reversed())
            .limit(MOST_SHOWN)
            .map(file -> file + "=" + file.lag())
            .collect(Collectors.joining(" "));
  }

  ShownFiles shownFiles() {
    return shownFiles;
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
