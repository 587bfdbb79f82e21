package io.sluice.source;

/** What looking at a file from outside has shown so far. Used by one thread. */
final class Sightings {
  private long size;
  private long largest;
  private long modifiedMillis;
  private long activeNanos;
  private boolean unread;
  private boolean named = true;

  /** Notes what a look at the file showed; returns whether that differs from the look before. */
  boolean add(long newSize, long newModifiedMillis, long nowNanos) {
    boolean changed = newSize != size || newModifiedMillis != modifiedMillis;
    if (newSize < size) {
      largest = Math.max(largest, size);
    }
    size = newSize;
    modifiedMillis = newModifiedMillis;
    if (changed) {
      activeNanos = nowNanos;
      unread = true;
    }
    return changed;
  }

  /** The size at the last look. */
  long size() {
    return size;
  }

  /** The largest size before the file became shorter; 0 if it never did. */
  long largest() {
    return largest;
  }

  /** When the file was last known to change. */
  long activeNanos() {
    return activeNanos;
  }

  void active(long nowNanos) {
    activeNanos = nowNanos;
  }

  /** Whether the file has changed since it was last read. */
  boolean isUnread() {
    return unread;
  }

  /** What is in the file is being looked at. A change from now on is not seen by that. */
  void read() {
    unread = false;
  }

  /** Whether the last scan found the file under a name that is looked for. */
  boolean isNamed() {
    return named;
  }

  void named(boolean found) {
    named = found;
  }
}
