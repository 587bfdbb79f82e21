package io.sluice.sink;

import io.sluice.monitoring.SinkStateMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the sink says of itself beside its counters. Written by its thread; thread-safe. */
final class SinkState implements SinkStateMXBean {
  private final SinkConfig config;
  private final String kafkaClient;
  private final StallWatch stallWatch;
  private final LongSupplier waiting;
  private final Delays delays = new Delays();
  private volatile boolean connected;
  private volatile boolean refused;
  private volatile String lastError = "";
  private final Map<Object, Pending> inFlight = new ConcurrentHashMap<>();

  /**
   * A batch on its way.
   *
   * @param kept how many of the events the channel no longer holds
   * @param returned it was given back; whoever is taken next begins with its events
   */
  private record Pending(int events, int kept, long sinceNanos, boolean returned) {}

  /**
   * @param waiting how many events wait in the channel, and beside it after they were given back
   */
  SinkState(SinkConfig config, String kafkaClient, StallWatch stallWatch, LongSupplier waiting) {
    this.waiting = waiting;
    this.config = config;
    this.kafkaClient = kafkaClient;
    this.stallWatch = stallWatch;
  }

  void connected() {
    connected = true;
  }

  void disconnected() {
    connected = false;
  }

  void trouble(String error) {
    lastError = error;
  }

  /** The sink gives up for good. */
  void refused(String error) {
    refused = true;
    lastError = error;
  }

  /**
   * A batch was taken.
   *
   * @param batch to tell it from others that are on their way
   * @param kept how many of its events the channel no longer holds
   * @param readNanos when the first of its events was read
   */
  void taken(Object batch, int events, int kept, long readNanos) {
    inFlight.values().removeIf(Pending::returned);
    if (events > 0) {
      inFlight.put(batch, new Pending(events, kept, readNanos, false));
    }
  }

  /** The channel has let the batch go before it is delivered. */
  void left(Object batch) {
    inFlight.computeIfPresent(
        batch, (key, is) -> new Pending(is.events(), is.events(), is.sinceNanos(), false));
  }

  /** The batch was not delivered and waits to be taken again. */
  void givenBack(Object batch) {
    inFlight.computeIfPresent(
        batch, (key, is) -> new Pending(is.events(), 0, is.sinceNanos(), true));
  }

  /** Kafka has the batch. */
  void delivered(Object batch) {
    Pending was = inFlight.remove(batch);
    if (was != null) {
      delays.add(millisSince(was.sinceNanos()));
      lastError = "";
    }
  }

  private static long millisSince(long nanos) {
    return Math.max(0, Duration.ofNanos(System.nanoTime() - nanos).toMillis());
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean isRefused() {
    return refused;
  }

  @Override
  public String getLastError() {
    return lastError;
  }

  @Override
  public String getKafkaClient() {
    return kafkaClient;
  }

  @Override
  public String getServers() {
    return config.servers();
  }

  @Override
  public String getGuarantee() {
    return config.guarantee().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String getDeliveryId() {
    return config.deliveryId();
  }

  @Override
  public Map<String, String> getTopics() {
    TopicRoutes topics = config.topics();
    var named = new TreeMap<String, String>();
    put(named, "raw", topics.raw());
    put(named, "valid", topics.valid());
    put(named, "invalid", topics.invalid());
    put(named, "all", topics.plain());
    return named;
  }

  private static void put(Map<String, String> named, String use, @Nullable String topic) {
    if (topic != null) {
      named.put(use, topic);
    }
  }

  @Override
  public long getInFlightEvents() {
    return inFlight.values().stream().mapToLong(Pending::events).sum();
  }

  @Override
  public long getUndeliveredEvents() {
    return waiting.getAsLong() + inFlight.values().stream().mapToLong(Pending::kept).sum();
  }

  @Override
  public long getInFlightMillis() {
    return inFlight.values().stream()
        .mapToLong(batch -> millisSince(batch.sinceNanos()))
        .max()
        .orElse(0);
  }

  @Override
  public long getWaitingMillis() {
    return stallWatch.waitingMillis();
  }

  @Override
  public long getDelayMillis() {
    return delays.latestMillis();
  }

  @Override
  public long[] getDelayBounds() {
    return delays.bounds();
  }

  @Override
  public long[] getDelayCounts() {
    return delays.counts();
  }

  @Override
  public long getDelaySumMillis() {
    return delays.sumMillis();
  }
}
