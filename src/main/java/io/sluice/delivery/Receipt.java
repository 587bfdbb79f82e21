package io.sluice.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of the messages of one request: who sent it waits here until all of them are
 * settled. After that, or when the waiting was given up, nothing can change the outcome any more.
 *
 * <p>Thread-safe: a source's thread waits, interceptors and the sink's thread report.
 */
public final class Receipt {
  /** How the waiting ended. */
  public enum Outcome {
    /** Kafka has all messages. */
    DELIVERED,
    /** Kafka has all messages but those that a rule told to drop. */
    SOME_DROPPED,
    /** Nobody waits any more; what no sink has taken by now will not be shipped. */
    ABANDONED
  }

  private final int messages;
  private int delivered;
  private int dropped;
  private boolean abandoned;

  /**
   * @param messages how many of them the request has, at least one
   */
  public Receipt(int messages) {
    this.messages = messages;
  }

  /** Kafka has one more of the messages. */
  public synchronized void delivered() {
    delivered++;
    notifyAll();
  }

  /** A rule told to drop one of the messages. */
  public synchronized void dropped() {
    dropped++;
    notifyAll();
  }

  /** How many messages were dropped so far. */
  public synchronized int droppedCount() {
    return dropped;
  }

  /** Ends the waiting, unless everything is settled already. */
  public synchronized void abandon() {
    abandoned |= !isSettled();
    notifyAll();
  }

  public synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** Waits until all messages are settled; gives up after {@code limit}. */
  public synchronized Outcome await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long left = limit.toNanos();
    while (!isSettled() && !abandoned && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    abandon();
    if (abandoned) {
      return Outcome.ABANDONED;
    }
    return dropped > 0 ? Outcome.SOME_DROPPED : Outcome.DELIVERED;
  }

  private boolean isSettled() {
    return delivered + dropped >= messages;
  }
}
