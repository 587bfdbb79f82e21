package io.sluice.sink;

import io.sluice.monitoring.SinkStateMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
  private volatile InFlight inFlight = InFlight.NOTHING;

  /**
   * @param kept how many of the events the channel no longer holds
   */
  private record InFlight(int events, int kept, long sinceNanos) {
    static final InFlight NOTHING = new InFlight(0, 0, 0);
  }

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
   * @param kept how many of its events the channel no longer holds
   * @param readNanos when the first of its events was read
   */
  void taken(int events, int kept, long readNanos) {
    inFlight = events == 0 ? InFlight.NOTHING : new InFlight(events, kept, readNanos);
  }

  /** The batch was not delivered and waits to be taken again. */
  void givenBack() {
    InFlight batch = inFlight;
    inFlight = new InFlight(batch.events(), 0, batch.sinceNanos());
  }

  /** Kafka has the batch that was taken last. */
  void delivered() {
    InFlight batch = inFlight;
    if (batch.events() > 0) {
      delays.add(millisSince(batch.sinceNanos()));
      inFlight = InFlight.NOTHING;
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
    Topics topics = config.topics();
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
    return inFlight.events();
  }

  @Override
  public long getUndeliveredEvents() {
    return waiting.getAsLong() + inFlight.kept();
  }

  @Override
  public long getInFlightMillis() {
    InFlight batch = inFlight;
    return batch.events() == 0 ? 0 : millisSince(batch.sinceNanos());
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
