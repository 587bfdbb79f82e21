package io.sluice.monitoring;

/** How far one file was read and delivered. Immutable. */
public interface FileState {
  String getPath();

  /** At the last look, in bytes. */
  long getSizeBytes();

  /** Offset just past the last line that became an event. */
  long getReadBytes();

  /**
   * Offset just past the last line known to be delivered; reading continues there after a crash.
   */
  long getPositionBytes();

  /** Bytes that are in the file and not read yet. */
  long getLagBytes();

  /** Bytes that a sink has taken and Kafka has not acknowledged. */
  long getInFlightBytes();

  /** Milliseconds since the file was last known to change. */
  long getIdleMillis();
}
