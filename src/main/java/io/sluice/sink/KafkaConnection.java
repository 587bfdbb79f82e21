package io.sluice.sink;

import io.sluice.config.Refusal;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import io.sluice.logging.RepeatingWarning;
import io.sluice.sink.SinkMetrics.Count;
import java.time.Duration;
import java.util.List;
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

  private final Supplier<Shipper.Factory> shippers;
  private final SinkConfig config;
  private final Pairing pairing;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final String instance = UUID.randomUUID().toString();
  private final RepeatingWarning trouble = new RepeatingWarning(LOG);
  private @Nullable Shipper shipper;
  private @Nullable SinkBatch inDoubt;
  private boolean openedBefore;
  private boolean refused;

  KafkaConnection(
      Supplier<Shipper.Factory> shippers,
      SinkConfig config,
      Pairing pairing,
      SinkMetrics metrics,
      SinkState state) {
    this.shippers = shippers;
    this.config = config;
    this.pairing = pairing;
    this.metrics = metrics;
    this.state = state;
  }

  /** The open shipper; null if there is none now and the caller should come back later. */
  @Nullable Shipper shipper() {
    if (shipper == null && !refused && isAllowed()) {
      open();
    }
    return shipper;
  }

  private void open() {
    Shipper opening = shippers.get().create(config, instance, metrics);
    boolean open = false;
    try {
      List<Position> committed = opening.open(openedBefore);
      open = true;
      openedBefore = true;
      metrics.incrementConnectionCreatedCount();
      if (inDoubt != null) {
        inDoubt.resolve(committed);
        inDoubt = null;
      }
      if (config.isExactlyOnce()) {
        pairing.release(committed);
        LOG.info(
            "sink '{}': exactly-once as \"{}\", {} positions read from {}",
            config.name(),
            config.deliveryId(),
            committed.size(),
            config.positionsTopic().name());
      }
      shipper = opening;
      state.connected();
    } catch (FencedException e) {
      fenced(e);
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

  /**
   * The batch could not be delivered; whether Kafka has it will be known when the connection is
   * open again.
   */
  void lost(DeliveryException cause, SinkBatch batch) {
    metrics.add(Count.RETRIES, 1);
    metrics.incrementConnectionFailedCount();
    giveUp(Duration.ZERO);
    inDoubt = batch;
    warn("a batch was not delivered and will be sent again", cause);
  }

  /** A batch was broken off, not by Kafka: the agent stops, or the channel failed. */
  void interrupted(SinkBatch batch) {
    giveUp(PATIENCE);
    inDoubt = batch;
  }

  private void fenced(FencedException cause) {
    refused = true;
    metrics.add(Count.FENCED, 1);
    state.refused(String.valueOf(cause.getMessage()));
    LOG.error("sink '{}': {}", config.name(), cause.getMessage());
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
