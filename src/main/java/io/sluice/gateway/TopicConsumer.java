package io.sluice.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages off one topic, one at a time, as a member of the gateway's consumer group.
 * Implemented in the class loader of our own Kafka client.
 *
 * <p>Used by one thread at a time, but for {@link #wakeUp}. After an {@link UnavailableException}
 * it is of no more use: {@link #close} it and make a new one.
 */
public interface TopicConsumer {
  /** Makes consumers; the one class of the Kafka side that is named, in {@link SharedTopic}. */
  interface Factory {
    /** Makes a consumer that is not connected yet. */
    TopicConsumer create(ReceiveConfig config, String topic);
  }

  /** The next message, or null if none comes within {@code limit}. It is not taken yet. */
  @Nullable Message poll(Duration limit) throws UnavailableException;

  /** Takes the message for good: nobody in the group will get it again. */
  void commit(Message message) throws UnavailableException;

  /** Leaves the message: the next {@link #poll} gives it again. */
  void putBack(Message message);

  /** Asks the brokers whether the topic is still being read, so that an empty poll means empty. */
  void check() throws UnavailableException;

  /** Makes a call under way fail; from any thread. */
  void wakeUp();

  /** Leaves the group, within {@code limit}. */
  void close(Duration limit);
}
