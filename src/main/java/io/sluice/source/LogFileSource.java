package io.sluice.source;

import io.sluice.banner.Banner;
import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.delivery.Guarantee;
import io.sluice.monitoring.Beans;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings;
import io.sluice.source.files.Finder;
import io.sluice.source.machine.Environment;
import io.sluice.source.machine.Signals;
import io.sluice.source.metrics.SourceMetrics;
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
  public static final Settings SETTINGS = SourceSettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(LogFileSource.class);

  /** Wait inside {@link #process}, because Flume's own back-off would be seconds. */
  private static final long WAIT_FOR_SINK_MILLIS = 100;

  private final Environment environment;
  private final ShownFiles shownFiles = new ShownFiles();
  private @Nullable SourceConfig config;
  private volatile @Nullable SourceLoop loop;
  private @Nullable SourceMetrics metrics;
  private @Nullable SourceState state;

  /** For Flume. */
  public LogFileSource() {
    this(Environment.real());
  }

  /** On another machine, such as a simulated one. */
  public LogFileSource(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void configure(Context context) {
    var problems = new Problems("source '" + getName() + "'");
    try {
      config = SourceConfig.parse(getName(), context.getParameters(), problems);
      problems.warnings().forEach(LOG::warn);
    } catch (ConfigurationException e) { // whose problems are all noted
      problems.warnings().forEach(LOG::warn);
      problems.throwIfAny("nothing will be shipped from this source.");
    }
  }

  @Override
  public void initialize(MaterializedConfiguration configuration) {
    // All sinks have joined their pairings by now, but those of other kinds never do; the first
    // process() asks, when start() of every component is under way.
    LOG.debug("source '{}' meets its sinks at the first call of process()", getName());
    SourceConfig settings = config;
    if (settings != null) {
      String part = "source '" + getName() + "': " + matched(settings);
      channels().forEach(channel -> Banner.say(channel, part));
    }
  }

  private String matched(SourceConfig settings) {
    try (Signals none = Signals.none()) {
      var finder = new Finder("source '" + getName() + "'", settings, none, environment.time());
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
    metrics().start();
    channels().forEach(Banner::log);
    Beans.show("source", getName(), state());
  }

  @Override
  public Status process() throws EventDeliveryException {
    try {
      SourceLoop running = loop;
      if (running == null) {
        running = begin();
        if (running == null) {
          state().stepped(false);
          environment.time().sleep(WAIT_FOR_SINK_MILLIS);
          return Status.READY;
        }
        loop = running;
      }
      state().stepped(true);
      running.step(getChannelProcessor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Status.READY;
  }

  /** The loop, or null while the sink has not yet said where to start. */
  private @Nullable SourceLoop begin() throws EventDeliveryException {
    SourceConfig settings = config;
    if (settings == null) {
      throw new EventDeliveryException("source '" + getName() + "' was not configured");
    }
    var startup = new Startup(getName(), settings, environment, metrics(), shownFiles);
    Acknowledgement acknowledgement =
        Acknowledgement.through(getName(), getChannelProcessor().getSelector());
    Optional<String> objection = acknowledgement.objection();
    if (objection.isPresent()) {
      state().failed("nothing is read: " + objection.get());
      throw new EventDeliveryException(
          "source '" + getName() + "': nothing is read: " + objection.get());
    }
    try {
      Optional<SourceLoop> begun = startup.begin(acknowledgement);
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
    SourceLoop running = loop;
    loop = null;
    if (running != null) {
      running.stop();
    }
    Beans.hide("source", getName(), state());
    metrics().stop();
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
      existing = new SourceState(environment.time(), shownFiles);
      state = existing;
    }
    return existing;
  }

  private SourceMetrics metrics() {
    SourceMetrics existing = metrics;
    if (existing == null) {
      existing = new SourceMetrics(getName());
      metrics = existing;
    }
    return existing;
  }
}
