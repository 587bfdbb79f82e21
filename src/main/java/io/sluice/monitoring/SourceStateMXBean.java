package io.sluice.monitoring;

import java.util.List;

/** What a {@code LogFileSource} shows in addition to its counters: {@code type=source}. */
public interface SourceStateMXBean {
  /** False while an exactly-once sink has not yet reported where to continue. */
  boolean isReading();

  /** Why the source does not read, if it could tell; empty if all is well. */
  String getLastError();

  /** Milliseconds since the source's thread last did something; it does so twice a second. */
  long getSilentMillis();

  /**
   * Up to a hundred files, those with the most unread bytes first and then the latest to change.
   * Made on demand: asking has the source look, and a later call shows what it saw.
   */
  List<FileState> getFiles();
}
