package io.sluice.source;

import io.sluice.monitoring.FileState;
import io.sluice.monitoring.SourceStateMXBean;
import io.sluice.source.machine.Time;
import java.time.Duration;
import java.util.List;

/** What the source says of itself beside its counters. Written by its thread; thread-safe. */
final class SourceState implements SourceStateMXBean {
  private final Time time;
  private final ShownFiles files;
  private volatile boolean reading;
  private volatile String lastError = "";
  private volatile long lastStep;

  SourceState(Time time, ShownFiles files) {
    this.time = time;
    this.files = files;
    this.lastStep = time.nanos();
  }

  /** The source's thread has done something, with or without a place to read from. */
  void stepped(boolean nowReading) {
    reading = nowReading;
    lastStep = time.nanos();
  }

  /** The source cannot go on for now. */
  void failed(String error) {
    lastError = error;
    stepped(false);
  }

  void worked() {
    lastError = "";
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public String getLastError() {
    return lastError;
  }

  @Override
  public long getSilentMillis() {
    return Math.max(0, Duration.ofNanos(time.nanos() - lastStep).toMillis());
  }

  @Override
  public List<FileState> getFiles() {
    return files.latest();
  }
}
