package io.sluice.sink;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Pairing;
import io.sluice.kafka.KafkaClient;
import io.sluice.monitoring.Beans;
import io.sluice.sink.SinkMetrics.Count;
import org.apache.flume.Context;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.node.Initializable;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.sink.AbstractSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships events to Kafka: every one to the raw topic, and by its verdict to the valid or the invalid
 * one. Without {@code topics.*} it is a drop-in for Flume's KafkaSink.
 *
 * <p>A batch is one channel transaction; it is committed when Kafka has all of its records, and the
 * ledgers of the source hear of it after that. If anything goes wrong the batch is rolled back and
 * shipped again, with back-off: the sink loses nothing, whatever the broker does. Under
 * exactly-once (KIP-98) the records and the source's positions are in one Kafka transaction, so
 * that nothing is repeated either, and what was delivered survives a {@code kill -9} at any moment.
 *
 * <p>Flume calls {@link #process} from one thread.
 */
public final class RoutingKafkaSink extends AbstractSink implements Configurable, Initializable {
  /** Every key of this sink. */
  public static final Settings SETTINGS = SinkSettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(RoutingKafkaSink.class);

  private @Nullable SinkConfig config;
  private @Nullable SinkMetrics metrics;
  private @Nullable Connection connection;
  private @Nullable BatchFiller filler;
  private @Nullable StallWatch stallWatch;
  private @Nullable SinkState state;

  /**
   * Reads the configuration.
   *
   * @throws io.sluice.config.ConfigurationException naming every problem at once
   */
  @Override
  public void configure(Context context) {
    var problems = new Problems("sink '" + getName() + "'");
    config = SinkSettings.parse(getName(), context.getParameters(), problems);
    problems.warnings().forEach(LOG::warn);
    problems.throwIfAny("the agent runs on without this sink and nothing will be shipped by it.");
  }

  /** Flume has built all components and starts them next: the sources want to know us. */
  @Override
  public void initialize(MaterializedConfiguration configuration) {
    join();
  }

  private void join() {
    Pairing.of(getChannel()).join(this, configured().guarantee());
  }

  @Override
  public synchronized void start() {
    SinkConfig checked = configured();
    join();
    var counters = new SinkMetrics(checked.name());
    counters.start();
    metrics = counters;
    String client = KafkaClient.get().describe();
    var watch = StallWatch.start(checked.name());
    stallWatch = watch;
    Pairing pairing = Pairing.of(getChannel());
    ChannelGauge gauge = ChannelGauge.of(getChannel());
    var shown = new SinkState(checked, client, watch, () -> gauge.size() + pairing.returnedCount());
    state = shown;
    connection = new Connection(checked, pairing, counters, shown);
    filler = new BatchFiller(checked, getChannel(), transactionCapacity(), counters, shown);
    Beans.show("sink", checked.name(), shown);
    LOG.info("sink '{}': Kafka client {}", checked.name(), client);
    super.start();
  }

  private int transactionCapacity() {
    return getChannel() instanceof TransactionCapacitySupported bounded
        ? (int) Math.min(Integer.MAX_VALUE, bounded.getTransactionCapacity())
        : Integer.MAX_VALUE;
  }

  /**
   * Ships one batch.
   *
   * @return {@code BACKOFF} if Kafka cannot be reached or refuses; an empty channel is no reason,
   *     because Flume then sleeps a second and more
   */
  @Override
  public Status process() {
    Connection kafka = started(connection);
    Shipper shipper = kafka.shipper();
    if (shipper == null) {
      return Status.BACKOFF;
    }
    BatchFiller batch = started(filler);
    boolean settled = false;
    try {
      settled = ship(shipper, batch);
      return Status.READY;
    } catch (ShipmentException e) {
      kafka.lost(e, batch);
      return Status.BACKOFF;
    } catch (InterruptedException e) {
      kafka.interrupted(batch);
      Thread.currentThread().interrupt();
      return Status.READY;
    } catch (RuntimeException e) { // from the channel; what was sent must not be committed later
      kafka.interrupted(batch);
      throw e;
    } finally {
      if (!settled) {
        batch.giveBack();
      }
    }
  }

  /** Whether the batch is delivered. */
  private boolean ship(Shipper shipper, BatchFiller batch)
      throws ShipmentException, InterruptedException {
    batch.fill(shipper);
    if (!batch.isEmpty() && !settle(shipper, batch)) {
      return false;
    }
    CrashPoint.AFTER_COMMIT.pass();
    batch.delivered();
    started(connection).worked();
    return true;
  }

  private boolean settle(Shipper shipper, BatchFiller batch)
      throws ShipmentException, InterruptedException {
    StallWatch watch = started(stallWatch);
    watch.waiting();
    try {
      return shipper.settle(batch.positions());
    } finally {
      started(metrics).add(Count.KAFKA_WAIT_MILLIS, watch.done());
    }
  }

  /** Stops within seconds, also with Kafka away. What is on its way has the chance to arrive. */
  @Override
  public synchronized void stop() {
    if (connection != null) {
      connection.close();
      started(stallWatch).stop();
      started(metrics).stop();
      Beans.hide("sink", getName(), started(state));
      LOG.info("sink '{}' stopped: {}", getName(), metrics);
    }
    Pairing.of(getChannel()).leave(this);
    super.stop();
  }

  private SinkConfig configured() {
    return started(config);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the sink was not configured and started");
    }
    return part;
  }
}
