package io.sluice.gateway;

import io.sluice.kafkaclient.KafkaClient;
import io.sluice.logging.RepeatingWarning;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A topic that clients take messages off, each message once. Clients that wait at the same time
 * take turns.
 *
 * <p>The offset is committed before the answer is written, and only if the client is still there.
 * So nobody gets a message that another one had; and a message whose client vanishes in that moment
 * is taken all the same, though it stays in the topic.
 *
 * <p>Thread-safe.
 */
final class SharedTopic {
  private static final String FACTORY = "io.sluice.gateway.kafka.KafkaTopicConsumerFactory";

  /** How long one client's look lasts before the next one has a turn. */
  private static final Duration TURN = Duration.ofMillis(100);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<TopicConsumer> consumers;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final RepeatingWarning trouble =
      new RepeatingWarning(LoggerFactory.getLogger(SharedTopic.class));
  private volatile @Nullable TopicConsumer consumer;
  private volatile boolean stopped;
  private long usedAt;

  SharedTopic(String name, Supplier<TopicConsumer> consumers) {
    this.name = name;
    this.consumers = consumers;
  }

  static SharedTopic of(String name, ReceiveConfig config) {
    return new SharedTopic(
        name,
        () -> KafkaClient.get().create(TopicConsumer.Factory.class, FACTORY).create(config, name));
  }

  /**
   * Takes a message for a client.
   *
   * @return null if none came within {@code limit}, or the client has gone
   */
  @Nullable Message take(Duration limit, BooleanSupplier clientGone)
      throws UnavailableException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean looked = false;
    while (!clientGone.getAsBoolean()) {
      long left = Math.max(0, deadline - System.nanoTime());
      if (looked && left == 0) {
        return null;
      }
      long patience = looked ? left : left + TURN.toNanos();
      if (turn.tryLock(patience, TimeUnit.NANOSECONDS)) {
        try {
          Message message = look(Math.min(left, TURN.toNanos()), !looked, clientGone);
          if (message != null) {
            return message;
          }
        } finally {
          turn.unlock();
        }
        looked = true;
      } else if (!looked) {
        throw new UnavailableException("others are waiting for a message of this topic");
      }
    }
    return null;
  }

  private @Nullable Message look(long nanos, boolean first, BooleanSupplier clientGone)
      throws UnavailableException {
    if (stopped) {
      throw new UnavailableException("the agent stops");
    }
    usedAt = System.nanoTime();
    TopicConsumer open = consumer;
    if (open == null) {
      open = consumers.get();
      consumer = open;
    }
    boolean works = false;
    try {
      Message message = open.poll(Duration.ofNanos(nanos));
      if (message == null && first) {
        open.check();
      }
      if (message != null && clientGone.getAsBoolean()) {
        open.putBack(message);
        message = null;
      }
      if (message != null) {
        open.commit(message);
      }
      works = true;
      trouble.reset();
      return message;
    } catch (UnavailableException e) {
      if (!stopped) {
        trouble.warn("nothing can be taken off topic '" + name + "': " + e.getMessage());
      }
      throw e;
    } finally {
      if (!works) {
        close();
      }
    }
  }

  /** Leaves the group if nobody has asked for {@code span}, so that others may have the topic. */
  void closeIfIdle(Duration span) {
    if (turn.tryLock()) {
      try {
        if (System.nanoTime() - usedAt > span.toNanos()) {
          close();
        }
      } finally {
        turn.unlock();
      }
    }
  }

  /** Ends all waiting and leaves the group. */
  void stop() {
    stopped = true;
    TopicConsumer open = consumer;
    if (open != null) {
      open.wakeUp();
    }
    turn.lock();
    try {
      close();
    } finally {
      turn.unlock();
    }
  }

  private void close() {
    TopicConsumer open = consumer;
    consumer = null;
    if (open != null) {
      open.close(CLOSE_LIMIT);
    }
  }
}
