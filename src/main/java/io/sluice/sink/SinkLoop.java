package io.sluice.sink;

import io.sluice.delivery.Pairing;
import io.sluice.kafkaclient.KafkaClient;
import io.sluice.sink.SinkMetrics.Count;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships batch after batch. Those that are sent may be on their way while the next are filled, so
 * that the sink does not wait for Kafka while the channel has lines. A few lines that empty the
 * channel, with none on their way before them, are hurried and waited for at once. Under
 * exactly-once, and with a channel that must not be committed early, each batch is waited for.
 *
 * <p>{@link #stop} may come from another thread than the rest, after that one has ended.
 */
final class SinkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);

  private static final Duration LOOK = Duration.ofMillis(1);

  /** After so many the oldest batch is waited for, and the wait is seen in monitoring. */
  private static final int MAX_LOOKS = 50;

  private final KafkaConnection connection;
  private final StallWatch stallWatch;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final boolean overlaps;

  private final InFlight inFlight;
  private final BatchLimit limit;
  private SinkBatch next;

  SinkLoop(
      Supplier<Shipper.Factory> shippers,
      SinkConfig config,
      Channel channel,
      Company company,
      SinkMetrics metrics) {
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
    this.connection = new KafkaConnection(shippers, config, pairing, company, metrics, state);
    this.overlaps = pairing.isAcknowledging() && !config.isExactlyOnce();
    if (pairing.isAcknowledging()) {
      HeapBudget.warning(channel.getName(), gauge.capacity(), Runtime.getRuntime().maxMemory())
          .ifPresent(warning -> LOG.warn("sink '{}': {}", config.name(), warning));
    }
    int capacity = transactionCapacity(channel);
    this.limit = new BatchLimit(config.batchSize());
    this.inFlight =
        new InFlight(config, () -> new SinkBatch(config, channel, capacity, limit, metrics, state));
    this.next = inFlight.spare();
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
      awaitEvents();
      next.fill(shipper.begin(limit.events() == 1), connection.nextBatch());
      if (!connection.accepts(next)) {
        connection.interrupted();
        abandon();
        return false;
      }
      if (overlaps && (next.hasCompany() || !inFlight.isEmpty())) {
        sent();
        while (inFlight.isAnswered(Duration.ZERO) || inFlight.isFull()) {
          commitOldest();
        }
      } else {
        commit(next);
      }
      return true;
    } catch (DeliveryException e) {
      connection.lost(e);
      abandon();
      return false;
    } catch (InterruptedException e) {
      connection.interrupted();
      abandon();
      Thread.currentThread().interrupt();
      return true;
    } catch (RuntimeException e) { // from the channel; what was sent must not be committed later
      metrics.incrementChannelReadFail();
      connection.interrupted();
      abandon();
      throw e;
    }
  }

  /**
   * Sees to the batches on their way until the channel has something: its own {@code take()} would
   * wait for seconds.
   */
  private void awaitEvents() throws DeliveryException, InterruptedException {
    int looks = 0;
    while (!inFlight.isEmpty() && !next.hasEvents()) {
      if (inFlight.isAnswered(LOOK) || ++looks == MAX_LOOKS) {
        commitOldest();
        looks = 0;
      }
    }
  }

  private void sent() {
    next.sent();
    inFlight.add(next);
    next = inFlight.spare();
  }

  private void commitOldest() throws DeliveryException, InterruptedException {
    commit(inFlight.oldest());
    inFlight.removeOldest();
  }

  private void commit(SinkBatch batch) throws DeliveryException, InterruptedException {
    stallWatch.waiting();
    try {
      if (batch.commit()) {
        connection.worked();
      }
    } finally {
      metrics.add(Count.KAFKA_WAIT_MILLIS, stallWatch.done());
    }
  }

  /** The connection is closed. The newest batch first: what is given back last is taken first. */
  private void abandon() {
    next.abandon();
    inFlight.abandon();
  }

  /** Ends within seconds, also with Kafka away. What is on its way has the chance to arrive. */
  void stop() {
    connection.close();
    abandon();
    stallWatch.stop();
  }
}
