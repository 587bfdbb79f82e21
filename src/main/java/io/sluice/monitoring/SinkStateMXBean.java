package io.sluice.monitoring;

import java.util.Map;

/** What a {@code RoutingKafkaSink} shows in addition to its counters: {@code type=sink}. */
public interface SinkStateMXBean {
  /** The way to Kafka is open. A broker that went away shows as {@link #getWaitingMillis}. */
  boolean isConnected();

  /** The sink has given up for good and a person must act; {@link #getLastError} says why. */
  boolean isRefused();

  /** What was last the matter; empty if nothing was since the last batch was delivered. */
  String getLastError();

  /** Version and place of the Kafka client. */
  String getKafkaClient();

  String getServers();

  String getGuarantee();

  /** Empty unless exactly-once. */
  String getDeliveryId();

  /** What goes there ({@code raw}, {@code valid}, {@code invalid}, {@code all}) to topic. */
  Map<String, String> getTopics();

  /** Events that were taken from the channel and that Kafka has not acknowledged. */
  long getInFlightEvents();

  /**
   * Events put on the channel and not delivered: in the channel, in flight, or given back to be
   * taken again.
   */
  long getUndeliveredEvents();

  /**
   * Milliseconds since the source read the oldest event in flight, or since it was taken if the
   * source is not ours; 0 if there is none.
   */
  long getInFlightMillis();

  /** How long the present batch has been waiting for Kafka's answer; 0 if none is. */
  long getWaitingMillis();

  /** From reading the first line of the latest batch to its acknowledgement, in milliseconds. */
  long getDelayMillis();

  /** Upper bounds of the classes that delays are counted in, but for the last, in milliseconds. */
  long[] getDelayBounds();

  /** Batches by their delay, one number more than there are bounds. */
  long[] getDelayCounts();

  /** All delays added up, in milliseconds. */
  long getDelaySumMillis();
}
