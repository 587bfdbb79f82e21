package io.sluice.source;

import io.sluice.banner.Banner;
import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.delivery.Guarantee;
import io.sluice.monitoring.Beans;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.Configurable;
import org.apache.flume.node.Initializable;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.source.AbstractSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails log files into a channel: each line one event, its bytes unchanged, its place in the file
 * with it. How far a crash sets reading back is the sink's {@link Guarantee}.
 */
public final class LogFileSource extends AbstractSource
    implements PollableSource, Configurable, Initializable {
  /** Every key, for the reference page. */
  public static final Settings SETTINGS = SourceKeys.ALL;

  private static final Logger log = LoggerFactory.getLogger(LogFileSource.class);

  /** Wait inside {@link #process}, because Flume's own back-off would be seconds. */
  private static final long WAIT_FOR_SINK_MILLIS = 100;

  private final Surroundings surroundings;
  private @Nullable SourceConfig config;
  private volatile @Nullable Feed feed;
  private @Nullable LogFileSourceCounter counter;
  private @Nullable SourceState state;

  /** For Flume. */
  public LogFileSource() {
    this(Surroundings.real());
  }

  LogFileSource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void configure(Context context) {
    var problems = new Problems("source '" + getName() + "'");
    try {
      config = SourceConfig.parse(getName(), context.getParameters(), problems);
    } finally {
      problems.warnings().forEach(log::warn);
    }
  }

  @Override
  public void initialize(MaterializedConfiguration configuration) {
    // All sinks have joined their pairings by now, but those of other kinds never do; the first
    // process() asks, when start() of every component is under way.
    log.debug("source '{}' meets its sinks at the first call of process()", getName());
    SourceConfig settings = config;
    if (settings != null) {
      String part = "source '" + getName() + "': " + matched(settings);
      channels().forEach(channel -> Banner.say(channel, part));
    }
  }

  private String matched(SourceConfig settings) {
    try (Signals none = new NoWatch()) {
      var finder = new Finder("source '" + getName() + "'", settings, none, surroundings.time());
      return "%d files match under %s"
          .formatted(
              finder.findAll().size(),
              settings.groups().stream()
                  .map(group -> group.base().toString())
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
  }

  private List<Channel> channels() {
    return getChannelProcessor().getSelector().getAllChannels();
  }

  @Override
  public synchronized void start() {
    super.start();
    counter().start();
    channels().forEach(Banner::log);
    Beans.show("source", getName(), state());
  }

  @Override
  public Status process() throws EventDeliveryException {
    try {
      Feed running = feed;
      if (running == null) {
        running = begin();
        if (running == null) {
          state().stepped(false);
          surroundings.time().sleep(WAIT_FOR_SINK_MILLIS);
          return Status.READY;
        }
        feed = running;
      }
      state().stepped(true);
      running.step(getChannelProcessor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Status.READY;
  }

  /** The feed, or null while the sink has not yet said where to start. */
  private @Nullable Feed begin() throws EventDeliveryException {
    SourceConfig settings = config;
    if (settings == null) {
      throw new EventDeliveryException("source '" + getName() + "' was not configured");
    }
    Delivery delivery = Delivery.through(getName(), channels());
    try {
      Optional<Feed> begun = delivery.begin(settings, surroundings, counter());
      state().worked();
      return begun.orElse(null);
    } catch (IOException e) {
      state().failed("the positions cannot be read: " + e);
      throw new EventDeliveryException(
          "source '" + getName() + "': the positions cannot be read; nothing is shipped", e);
    }
  }

  @Override
  public synchronized void stop() {
    Feed running = feed;
    feed = null;
    if (running != null) {
      running.stop();
    }
    Beans.hide("source", getName(), state());
    counter().stop();
    super.stop();
  }

  @Override
  public long getBackOffSleepIncrement() {
    return config == null ? 1_000 : config.backoffSleepIncrement().toMillis();
  }

  @Override
  public long getMaxBackOffSleepInterval() {
    return config == null ? 5_000 : config.maxBackoffSleep().toMillis();
  }

  private SourceState state() {
    SourceState existing = state;
    if (existing == null) {
      existing = new SourceState(surroundings.time(), counter());
      state = existing;
    }
    return existing;
  }

  private LogFileSourceCounter counter() {
    LogFileSourceCounter existing = counter;
    if (existing == null) {
      existing = new LogFileSourceCounter(getName());
      counter = existing;
    }
    return existing;
  }
}
