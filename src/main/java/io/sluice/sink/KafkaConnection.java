package io.sluice.sink;

import io.sluice.config.Refusal;
import io.sluice.delivery.Pairing;
import io.sluice.logging.RepeatingWarning;
import io.sluice.sink.SinkMetrics.Count;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Kafka: opened when first needed, given up after any trouble, opened anew. All trouble
 * takes this one path, because opening settles every doubt: it ends what an older producer left
 * unfinished, and reads which positions are really committed.
 *
 * <p>{@link #close} may come from another thread than the rest, after that one has ended.
 */
final class KafkaConnection {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

  private final Supplier<Shipper.Factory> shippers;
  private final SinkConfig config;
  private final Pairing pairing;
  private final Company company;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final String instance = UUID.randomUUID().toString();
  private final RepeatingWarning trouble = new RepeatingWarning(LOG);
  private final RepeatingWarning alone = new RepeatingWarning(LOG);
  private final RepeatingWarning replaced = new RepeatingWarning(LOG);
  private Shipper.@Nullable Factory factory;
  private @Nullable Shipper shipper;
  private long batches;
  private boolean openedBefore;
  private boolean refused;

  KafkaConnection(
      Supplier<Shipper.Factory> shippers,
      SinkConfig config,
      Pairing pairing,
      Company company,
      SinkMetrics metrics,
      SinkState state) {
    this.shippers = shippers;
    this.config = config;
    this.pairing = pairing;
    this.company = company;
    this.metrics = metrics;
    this.state = state;
  }

  /** The open shipper; null if there is none now and the caller should come back later. */
  @Nullable Shipper shipper() {
    if (shipper == null && !refused && isAllowed()) {
      open();
    }
    if (shipper != null) {
      look(shipper);
    }
    return shipper;
  }

  /** A sink without lines asks nothing of Kafka; only its client notices that nobody is there. */
  private void look(Shipper open) {
    boolean reachable = open.isReachable();
    if (reachable && !state.isConnected()) {
      state.trouble("");
      state.connected();
      LOG.info("sink '{}': connected to a broker again", config.name());
    } else if (!reachable && state.isConnected()) {
      state.trouble("no broker of %s can be reached".formatted(config.servers()));
      state.disconnected();
      alone.warn(
          "sink '%s': no broker of %s can be reached; trying again"
              .formatted(config.name(), config.servers()));
    }
  }

  private void open() {
    Shipper.Factory known = factory == null ? shippers.get() : factory;
    factory = known;
    Shipper opening = known.create(config, instance, metrics);
    boolean open = false;
    try {
      Shipper.Committed committed = opening.open(openedBefore);
      open = true;
      openedBefore = true;
      metrics.incrementConnectionCreatedCount();
      if (config.isExactlyOnce()) {
        pairing.resolve(committed.lastBatch());
        pairing.release(committed.positions());
        LOG.info(
            "sink '{}': exactly-once as \"{}\", {} positions read from {}",
            config.name(),
            config.deliveryId(),
            committed.positions().size(),
            config.positionsTopic().name());
      }
      shipper = opening;
      state.connected();
    } catch (FencedException e) {
      fenced(e);
    } catch (ClientRefusalException e) {
      refused(e);
    } catch (DeliveryException e) {
      warn("cannot connect to " + config.servers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!open) {
        opening.close(Duration.ZERO);
        metrics.incrementConnectionFailedCount();
      }
    }
  }

  /** Exactly-once over a channel that cannot keep it is refused, with the reason. */
  private boolean isAllowed() {
    if (!config.isExactlyOnce()) {
      return true;
    }
    String reason = null;
    if (!pairing.isAcknowledging()) {
      reason = "its channel is not a memory channel; use guarantee = at-least-once with this one";
    } else if (pairing.sinkCount() > 1) {
      reason = "another sink drains the same channel; give each its own channel and source";
    } else if (!company.rivals().isEmpty()) {
      reason =
          "sink '%s' takes events out of the same channel; give each sink its own channel and source"
              .formatted(company.rivals().get(0));
    }
    if (reason != null) {
      refused = true;
      state.refused("guarantee = exactly-once is not possible: " + reason);
      LOG.error(
          "sink '{}': guarantee = \"exactly-once\" is not possible: {}. Nothing will be shipped.",
          config.name(),
          reason);
      Refusal.endIfAsked("sink '" + config.name() + "': exactly-once is not possible: " + reason);
    }
    return reason == null;
  }

  /** A name for the next batch that no other has. */
  String nextBatch() {
    return instance + "/" + ++batches;
  }

  /** A batch could not be delivered; all will be known when the connection is open again. */
  void lost(DeliveryException cause) {
    metrics.add(Count.RETRIES, 1);
    metrics.incrementEventWriteFail();
    metrics.incrementConnectionFailedCount();
    giveUp(config.isExactlyOnce() ? Duration.ZERO : SHORT_PATIENCE); // what arrives stays
    warn("a batch was not delivered and will be sent again", cause);
  }

  /** A batch was broken off, not by Kafka: the agent stops, or the channel failed. */
  void interrupted() {
    giveUp(PATIENCE);
  }

  private void refused(ClientRefusalException cause) {
    refused = true;
    state.refused(String.valueOf(cause.getMessage()));
    LOG.error(
        "sink '{}': the Kafka client refuses its configuration: {}. Nothing will be shipped.",
        config.name(),
        cause.getMessage());
    Refusal.endIfAsked("sink '" + config.name() + "': " + cause.getMessage());
  }

  private void fenced(FencedException cause) {
    refused = true;
    metrics.add(Count.FENCED, 1);
    state.refused(String.valueOf(cause.getMessage()));
    LOG.error("sink '{}': {}", config.name(), cause.getMessage());
  }

  /**
   * Looks at the events of a batch that do not say where they come from, although all of the
   * channel's sources read files: an interceptor has replaced them. No position moves by them.
   *
   * @return false if that breaks the promise, and nothing more is shipped
   */
  boolean accepts(SinkBatch batch) {
    if (batch.unknownCount() == 0 || !company.filesOnly()) {
      return true;
    }
    metrics.add(Count.REPLACED_EVENTS, batch.unknownCount());
    if (!config.isExactlyOnce()) {
      state.trouble("an interceptor replaces events, so their positions do not move");
      replaced.warn(
          "sink '%s': an interceptor replaces events instead of changing them, so their positions do not move and every start repeats their lines; use one that calls setBody and getHeaders on the event it was given"
              .formatted(config.name()));
      return true;
    }
    refused = true;
    state.refused("guarantee = exactly-once is not possible: an interceptor replaces events");
    LOG.error(
        "sink '{}': guarantee = \"exactly-once\" is not possible: {}. Nothing will be shipped.",
        config.name(),
        "an interceptor replaces events instead of changing them, so no position would move");
    return false;
  }

  /** A batch was delivered. */
  void worked() {
    if (trouble.reset()) {
      LOG.info("sink '{}': delivering again", config.name());
    }
  }

  void close() {
    giveUp(PATIENCE);
  }

  private void giveUp(Duration patience) {
    if (shipper != null) {
      shipper.close(patience);
      shipper = null;
      state.disconnected();
      metrics.incrementConnectionClosedCount();
    }
  }

  private void warn(String what, DeliveryException cause) {
    state.trouble(what + ": " + cause.getMessage());
    trouble.warn("sink '" + config.name() + "': " + what + ": " + cause.getMessage());
    LOG.debug("sink '{}': {}", config.name(), what, cause);
  }
}
