package io.sluice.source;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells which files have changed, as far as the system tells it. */
interface Signals extends Closeable {
  /**
   * Asks for the changes in a directory; asking again costs little.
   *
   * @param key what tells the directory from another one that takes its name later
   */
  void watch(Path directory, Object key);

  /**
   * Waits until something changes, for {@code millis} at most, and passes on the paths of all that
   * has changed.
   *
   * @return false if changes may have been missed, so that everything has to be looked at
   * @throws InterruptedException if the thread is to stop
   */
  boolean await(long millis, Consumer<Path> changed) throws InterruptedException;

  /** Whether every directory asked for is being watched. */
  boolean isComplete();

  @Override
  void close();
}
