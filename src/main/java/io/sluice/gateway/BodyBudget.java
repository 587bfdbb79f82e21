package io.sluice.gateway;

import java.util.concurrent.Semaphore;

/**
 * The memory that bodies may take at once, however many clients send however much. Thread-safe.
 *
 * <p>A body is there once as it was sent and once as messages, and the messages have objects around
 * them; so it counts half of what it is counted against.
 */
final class BodyBudget {
  /** Of the heap; what bodies need is about twice their share. */
  private static final int SHARE = 8;

  private final int most;
  private final Semaphore left;

  BodyBudget(long bytes) {
    this.most = (int) Math.min(bytes, Integer.MAX_VALUE);
    this.left = new Semaphore(most);
  }

  static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / SHARE);
  }

  /** The longest body that is possible at all. */
  int most() {
    return most;
  }

  /** Whether there is room for a body of {@code bytes}, which is then its own. */
  boolean take(int bytes) {
    return left.tryAcquire(bytes);
  }

  void giveBack(int bytes) {
    left.release(bytes);
  }
}
