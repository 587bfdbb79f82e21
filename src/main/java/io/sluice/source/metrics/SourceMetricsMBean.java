package io.sluice.source.metrics;

import io.sluice.source.LogFileSource;
import org.apache.flume.instrumentation.SourceCounterMBean;

/** What a {@link LogFileSource} shows through JMX, beside what every Flume source does. */
public interface SourceMetricsMBean extends SourceCounterMBean {
  /** Lines that the channel has accepted. */
  long getLineCount();

  /** Bytes of those lines, without terminators. */
  long getByteCount();

  /** Files that were found under a new name. */
  long getRotationCount();

  /** Files that were found truncated. */
  long getTruncationCount();

  /** Times that bytes were lost before they could be read. */
  long getGapCount();

  /** Lines longer than maxLineBytes, and pieces of such lines. */
  long getLongLineCount();

  /** Lines with bytes that the charset does not know. */
  long getDecodeErrorCount();

  /** NULs left out where a line begins: a program that does not append wrote behind them. */
  long getHoleByteCount();

  /** Files that are there and could not be read at the last look. */
  long getUnreadableFileCount();

  /** Files that hold a descriptor. */
  long getOpenFileCount();

  /** Files that are being followed. */
  long getTrackedFileCount();

  /** Bytes that are in the files and not read yet. */
  long getLagBytes();

  /** The same for each of the twenty files with most of them: {@code path=bytes path=bytes}. */
  String getLagByFile();
}
