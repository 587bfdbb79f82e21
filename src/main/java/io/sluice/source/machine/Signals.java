package io.sluice.source.machine;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reports which files have changed, as far as the system reports it. */
public interface Signals extends Closeable {
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
   * @return false if changes may have been missed, so that everything must be looked at
   * @throws InterruptedException if the thread is to stop
   */
  boolean await(long millis, Consumer<Path> changed) throws InterruptedException;

  /** Whether every directory asked for is being watched. */
  boolean isComplete();

  @Override
  void close();

  /** For a single look at what is there: watches nothing. */
  static Signals none() {
    return new Scanning(millis -> false);
  }

  /** A system that reports no change: everything is found by scanning. */
  static Signals scanning(Time time) {
    return new Scanning(
        millis -> {
          time.sleep(millis);
          return true;
        });
  }

  /** Watches nothing. */
  record Scanning(Wait waiting) implements Signals {
    /** What passes the time instead of a signal; see {@link Signals#await}. */
    public interface Wait {
      boolean await(long millis) throws InterruptedException;
    }

    @Override
    public void watch(Path directory, Object key) {}

    @Override
    public boolean await(long millis, Consumer<Path> changed) throws InterruptedException {
      return waiting.await(millis);
    }

    @Override
    public boolean isComplete() {
      return false;
    }

    @Override
    public void close() {}
  }
}
