package io.sluice.source.files;

import io.sluice.source.machine.Time;

/** What looking at a file from outside has shown so far. Used by one thread. */
public final class LastStat {
  /** Coarser than the time stamps of any file system that logs are written to. */
  private static final long STAMP_MILLIS = 2_000;

  private long size;
  private long largest;
  private long modifiedMillis;
  private long activeNanos;
  private long lookedMillis;
  private boolean unread;

  /** When the file was looked at before it was read; what is stamped later may be younger. */
  private long readMillis = Long.MIN_VALUE / 2;

  private boolean named = true;

  /** When the file was first found under none of the names looked for. */
  private long missedNanos;

  /** Notes what a look at the file showed. */
  void add(long newSize, long newModifiedMillis, Time time) {
    boolean changed = newSize != size || newModifiedMillis != modifiedMillis;
    if (newSize < size) {
      largest = Math.max(largest, size);
    }
    size = newSize;
    modifiedMillis = newModifiedMillis;
    if (changed) {
      activeNanos = time.nanos();
      unread = true;
    }
    lookedMillis = time.epochMillis();
  }

  /** The size at the last look. */
  public long size() {
    return size;
  }

  /** The largest size before the file became shorter; 0 if it never did. */
  long largest() {
    return largest;
  }

  /** When the file was last known to change. */
  public long activeNanos() {
    return activeNanos;
  }

  public void active(long nowNanos) {
    activeNanos = nowNanos;
  }

  /**
   * Whether the file may have changed since it was last read: bytes that are written within the
   * grain of a time stamp, and leave the size as it was, show in neither.
   */
  boolean isUnread() {
    return unread || modifiedMillis > readMillis - STAMP_MILLIS;
  }

  /** What is in the file is being looked at. A change from now on is not seen by that. */
  public void read() {
    unread = false;
    readMillis = lookedMillis;
  }

  /** Whether the last scan found the file under a name that is looked for. */
  boolean isNamed() {
    return named;
  }

  void named(boolean found, long nowNanos) {
    if (named && !found) {
      missedNanos = nowNanos;
    }
    named = found;
  }

  /** Since when the file has neither changed nor lost its name. */
  long quietNanos() {
    return named ? activeNanos : Math.max(activeNanos, missedNanos);
  }

  /** What is in the file could not be read: the next look tries again. */
  void failed() {
    unread = true;
  }

  /** When the file was written, as of the last look. */
  long modifiedMillis() {
    return modifiedMillis;
  }
}
