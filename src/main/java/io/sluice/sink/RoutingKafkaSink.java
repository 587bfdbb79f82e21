package io.sluice.sink;

import io.sluice.banner.Banner;
import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.delivery.Pairing;
import io.sluice.kafkaclient.KafkaClient;
import io.sluice.monitoring.Beans;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.conf.Configurable;
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
 * <p>When Kafka has all records of a batch the ledgers of the source hear of it. If anything goes
 * wrong the batch is shipped again, with back-off: the sink loses nothing, whatever the broker
 * does. Under exactly-once (KIP-98) the records and the source's positions are in one Kafka
 * transaction, so that nothing is repeated either, and what was delivered survives a {@code kill
 * -9} at any moment.
 *
 * <p>Flume calls {@link #process} from one thread.
 */
public final class RoutingKafkaSink extends AbstractSink implements Configurable, Initializable {
  /** Every key of this sink. */
  public static final Settings SETTINGS = SinkSettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(RoutingKafkaSink.class);
  private static final String SHIPPERS = "io.sluice.sink.kafka.KafkaShipperFactory";

  private @Nullable SinkConfig config;
  private @Nullable SinkMetrics metrics;
  private @Nullable SinkLoop loop;
  private @Nullable Company company;

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
    problems.throwIfAny("nothing will be shipped by this sink.");
  }

  /** Flume has built all components and starts them next: the sources want to know us. */
  @Override
  public void initialize(MaterializedConfiguration configuration) {
    join();
    company = Company.of(this, configuration);
    Banner.say(getChannel(), configured().toString());
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
    Company others = company == null ? Company.UNKNOWN : company;
    var started = new SinkLoop(RoutingKafkaSink::shippers, checked, getChannel(), others, counters);
    Beans.show("sink", checked.name(), started.state());
    loop = started;
    Banner.log(getChannel());
    super.start();
  }

  private static Shipper.Factory shippers() {
    return KafkaClient.get().create(Shipper.Factory.class, SHIPPERS);
  }

  /**
   * Ships one batch.
   *
   * @return {@code BACKOFF} if Kafka cannot be reached or refuses; an empty channel is no reason,
   *     because Flume then sleeps a second and more
   * @throws FlumeException instead of that in a sink group, which then moves on to another
   */
  @Override
  public Status process() {
    SinkLoop running = started(loop);
    if (running.step()) {
      return Status.READY;
    }
    Company others = company;
    if (others == null ? Pairing.of(getChannel()).sinkCount() > 1 : others.isGroup()) {
      throw new FlumeException("sink '" + getName() + "': " + running.state().getLastError());
    }
    return Status.BACKOFF;
  }

  /** Events that wait in the channel, on their way, or for another try. */
  public long undelivered() {
    return started(loop).state().getUndeliveredEvents();
  }

  /** Stops within seconds, also with Kafka away. What is on its way has the chance to arrive. */
  @Override
  public synchronized void stop() {
    if (loop != null) {
      loop.stop();
      Beans.hide("sink", getName(), loop.state());
      started(metrics).stop();
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
