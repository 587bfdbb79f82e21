package io.sluice.source.files;

/** Counts the open files of a source. Written by its thread, safe to read from any. */
public final class OpenFileCount {
  /** Beyond this a file is closed as soon as it is read to its end, however new. */
  private static final int ENOUGH = 400;

  private volatile int open;

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the source's thread writes
  void opened() {
    open++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the source's thread writes
  void closed() {
    open--;
  }

  boolean areMany() {
    return open > ENOUGH;
  }

  int count() {
    return open;
  }
}
