package io.sluice.gateway;

import io.sluice.banner.Banner;
import io.sluice.config.Problems;
import io.sluice.config.Refusal;
import io.sluice.config.Settings;
import io.sluice.http.HttpServer;
import io.sluice.http.RateLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.EventDrivenSource;
import org.apache.flume.FlumeException;
import org.apache.flume.conf.Configurable;
import org.apache.flume.node.Initializable;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.source.AbstractSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages over HTTP into a channel ({@code /send}), and gives messages of topics to clients
 * over HTTP ({@code /receiver}).
 *
 * <p>An answer 200 to {@code /send} means that the channel, or with {@code ack = kafka} Kafka
 * itself, has all messages of the request. Any other answer to a client that sends again makes it
 * at least once.
 */
public final class GatewaySource extends AbstractSource
    implements EventDrivenSource, Configurable, Initializable {
  /** Every key of this source. */
  public static final Settings SETTINGS = GatewaySettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(GatewaySource.class);

  /** How long a stop waits for what Kafka is about to acknowledge. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

  private final BiFunction<String, ReceiveConfig, SharedTopic> topics;
  private @Nullable GatewayConfig config;
  private @Nullable GatewayMetrics counter;
  private @Nullable SendHandler sender;
  private @Nullable ReceiveHandler receiver;
  private @Nullable HttpServer server;

  /** For Flume. */
  public GatewaySource() {
    this(SharedTopic::of);
  }

  GatewaySource(BiFunction<String, ReceiveConfig, SharedTopic> topics) {
    this.topics = topics;
  }

  /**
   * Reads the configuration.
   *
   * @throws io.sluice.config.ConfigurationException naming every problem at once
   */
  @Override
  public void configure(Context context) {
    var problems = new Problems("source '" + getName() + "'");
    config = GatewayConfig.parse(getName(), context.getParameters(), problems);
    problems.warnings().forEach(LOG::warn);
    problems.throwIfAny("no messages will be taken over HTTP.");
  }

  @Override
  public void initialize(MaterializedConfiguration configuration) {
    channels().forEach(channel -> Banner.say(channel, present(config).toString()));
  }

  private List<Channel> channels() {
    return getChannelProcessor().getSelector().getAllChannels();
  }

  @Override
  public synchronized void start() {
    GatewayConfig checked = present(config);
    var counters = new GatewayMetrics(getName());
    var in = new SendHandler(checked, getChannelProcessor(), counters);
    in.objection().ifPresent(this::refuse);
    var out = new ReceiveHandler(checked.receive(), counters, topics);
    var rate = new RateLimit(checked.maxRequestsPerSecond(), System::nanoTime);
    var api = new Api(checked, in, out, rate, counters);
    try {
      server = HttpServer.start("sluice-http-" + getName(), checked.http(), checked.limits(), api);
    } catch (IOException e) {
      out.stop();
      throw new FlumeException("source '" + getName() + "': " + e.getMessage(), e);
    }
    counter = counters;
    sender = in;
    receiver = out;
    counters.showConnections(server::connectionCount);
    counters.start();
    channels().forEach(Banner::log);
    LOG.info("source '{}': listens on {}", getName(), checked.http().url(port()));
    super.start();
  }

  private void refuse(String reason) {
    String message =
        "source '%s': ack = \"kafka\" is not possible: %s. Every message is refused."
            .formatted(getName(), reason);
    LOG.error(message);
    Refusal.endIfAsked(message);
  }

  /** The port that it listens on. */
  int port() {
    return present(server).port();
  }

  int connectionCount() {
    return present(server).connectionCount();
  }

  GatewayMetrics counter() {
    return present(counter);
  }

  /** Responses what is under way, within seconds, and takes no more. */
  @Override
  public synchronized void stop() {
    if (server != null) {
      try {
        present(sender).stop(STOP_PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      present(receiver).stop();
      server.stop();
      server = null;
      present(counter).stop();
      LOG.info("source '{}' stopped: {}", getName(), counter);
    }
    super.stop();
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the source was not configured and started");
    }
    return part;
  }
}
