package io.sluice.gateway;

import org.jspecify.annotations.Nullable;

/** A record of a topic. */
public final class Message {
  private static final byte[] NOTHING = {};

  private final int partition;
  private final long offset;
  private final byte[] value;

  /**
   * @param value owned by the message from now on; null, which Kafka allows, counts as empty
   */
  public Message(int partition, long offset, byte @Nullable [] value) {
    this.partition = partition;
    this.offset = offset;
    this.value = value == null ? NOTHING : value;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** Not to be changed. */
  byte[] value() {
    return value;
  }
}
