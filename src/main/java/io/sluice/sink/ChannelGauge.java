package io.sluice.sink;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the channel has another event at once. A memory channel's {@code take()} waits
 * {@code keep-alive} seconds when it is empty, and the lines already taken would wait with it.
 *
 * <p>Reads the channel's public counters ({@link
 * org.apache.flume.instrumentation.ChannelCounterMBean}): its size at the last commit, and what was
 * put since. A channel that shows no capacity, as Flume's Kafka channel, does not know its size
 * either. Asked again only when the events known of are used up, so it costs nothing per event.
 * Never says yes wrongly while one sink drains the channel; may say no just when an event arrives,
 * which then opens the next batch.
 */
final class ChannelGauge {
  /** So many that there is always another; room for sums is left. */
  private static final long UNKNOWN = Long.MAX_VALUE / 4;

  private final @Nullable ObjectName counter;
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private long sizeAtBegin;
  private long putsAtBegin;
  private long known;

  private ChannelGauge(@Nullable ObjectName counter) {
    this.counter = counter;
  }

  static ChannelGauge of(Channel channel) {
    try {
      return new ChannelGauge(new ObjectName("org.apache.flume.channel:type=" + channel.getName()));
    } catch (JMException e) { // a channel name that JMX cannot spell: then nobody knows
      return new ChannelGauge(null);
    }
  }

  /** Events in the channel, those of open transactions too; 0 if it has no counters. */
  long size() {
    long size = read("ChannelSize");
    return size == UNKNOWN ? 0 : size;
  }

  /** A channel transaction begins. */
  void begin() {
    sizeAtBegin = capacity() == 0 ? UNKNOWN : read("ChannelSize");
    putsAtBegin = read("EventPutSuccessCount");
    known = sizeAtBegin;
  }

  /**
   * Whether there is an event after the {@code taken} of this transaction. Always true if the
   * channel has no counts: then only {@code take()} can tell.
   */
  boolean hasMoreThan(long taken) {
    if (taken < known || counter == null) {
      return true;
    }
    known = sizeAtBegin + read("EventPutSuccessCount") - putsAtBegin;
    return taken < known;
  }

  /** Whether the channel was half full or more when the transaction began. */
  boolean wasFull() {
    return sizeAtBegin >= capacity() / 2;
  }

  /** Most events in the channel; 0 if it does not say. */
  long capacity() {
    long capacity = read("ChannelCapacity");
    return capacity == UNKNOWN ? 0 : capacity;
  }

  private long read(String attribute) {
    if (counter == null || !beans.isRegistered(counter)) {
      return UNKNOWN;
    }
    try {
      return (Long) beans.getAttribute(counter, attribute);
    } catch (JMException e) { // stopped just now
      return UNKNOWN;
    }
  }
}
