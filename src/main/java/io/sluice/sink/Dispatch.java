package io.sluice.sink;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Pairing;
import io.sluice.kafka.KafkaClient;
import io.sluice.sink.SinkMetrics.Count;
import java.util.function.Supplier;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships batch after batch. While a full one is on its way the next is filled, so that the sink does
 * not wait for Kafka while the channel has lines; a batch that ends because the channel is empty is
 * waited for at once. Under exactly-once, and with a channel that must not be committed early, each
 * batch is waited for.
 *
 * <p>{@link #stop} may come from another thread than the rest, after that one has ended.
 */
final class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Connection connection;
  private final StallWatch stallWatch;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final boolean overlaps;

  /** The batch to fill next, and the one that may be on its way in the meantime. */
  private BatchFiller next;

  private BatchFiller other;
  private @Nullable BatchFiller onItsWay;

  Dispatch(
      Supplier<Shipper.Factory> shippers, SinkConfig config, Channel channel, SinkMetrics metrics) {
    Pairing pairing = Pairing.of(channel);
    this.metrics = metrics;
    this.stallWatch = StallWatch.start(config.name());
    ChannelGauge gauge = ChannelGauge.of(channel);
    this.state =
        new SinkState(
            config,
            KafkaClient.get().describe(),
            stallWatch,
            () -> gauge.size() + pairing.returnedCount());
    this.connection = new Connection(shippers, config, pairing, metrics, state);
    this.overlaps = pairing.isAcknowledging() && !config.isExactlyOnce();
    if (pairing.isAcknowledging()) {
      HeapCheck.warning(channel.getName(), gauge.capacity(), Runtime.getRuntime().maxMemory())
          .ifPresent(warning -> LOG.warn("sink '{}': {}", config.name(), warning));
    }
    int capacity = transactionCapacity(channel);
    this.next = new BatchFiller(config, channel, capacity, metrics, state);
    this.other = new BatchFiller(config, channel, capacity, metrics, state);
  }

  /** What monitoring sees of it. */
  SinkState state() {
    return state;
  }

  private static int transactionCapacity(Channel channel) {
    return channel instanceof TransactionCapacitySupported bounded
        ? (int) Math.min(Integer.MAX_VALUE, bounded.getTransactionCapacity())
        : Integer.MAX_VALUE;
  }

  /** Ships one batch; false if Kafka cannot be reached or refuses. */
  boolean step() {
    Shipper shipper = connection.shipper();
    if (shipper == null) {
      return false;
    }
    try {
      next.fill(shipper.begin());
      settleEarlier();
      if (overlaps && next.isFull()) {
        leave();
      } else {
        settle(next);
      }
      return true;
    } catch (ShipmentException e) {
      connection.lost(e, next);
      end();
      return false;
    } catch (InterruptedException e) {
      connection.interrupted(next);
      end();
      Thread.currentThread().interrupt();
      return true;
    } catch (RuntimeException e) { // from the channel; what was sent must not be committed later
      connection.interrupted(next);
      end();
      throw e;
    }
  }

  private void settleEarlier() throws ShipmentException, InterruptedException {
    BatchFiller earlier = onItsWay;
    if (earlier != null) {
      settle(earlier);
      onItsWay = null;
    }
  }

  private void leave() {
    next.leave();
    onItsWay = next;
    next = other;
    other = onItsWay;
  }

  private void settle(BatchFiller batch) throws ShipmentException, InterruptedException {
    if (!batch.isEmpty() && !isSettled(batch)) {
      batch.giveBack();
      return;
    }
    CrashPoint.AFTER_COMMIT.pass();
    batch.delivered();
    connection.worked();
  }

  private boolean isSettled(BatchFiller batch) throws ShipmentException, InterruptedException {
    stallWatch.waiting();
    try {
      return batch.settle();
    } finally {
      metrics.add(Count.KAFKA_WAIT_MILLIS, stallWatch.done());
    }
  }

  /** The connection is closed. The newest batch first: what is given back last is taken first. */
  private void end() {
    next.end();
    if (onItsWay != null) {
      onItsWay.end();
      onItsWay = null;
    }
  }

  /** Ends within seconds, also with Kafka away. What is on its way has the chance to arrive. */
  void stop() {
    connection.close();
    end();
    stallWatch.stop();
  }
}
