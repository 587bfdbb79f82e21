package io.sluice.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last quarter of an hour, so that whoever opens the page sees at once how things went. Bounded
 * in memory. Thread-safe.
 */
final class History {
  static final Duration INTERVAL = Duration.ofSeconds(2);
  static final Duration SPAN = Duration.ofMinutes(15);
  private static final long MOST_SAMPLES = SPAN.dividedBy(INTERVAL);
  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private final AgentReader agent;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Deque<Point> points = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "sluice-console-history");
            thread.setDaemon(true);
            return thread;
          });

  /** The counts of the whole agent at one time. */
  record Sample(
      long nanos,
      long lines,
      long bytes,
      long valid,
      long invalid,
      long delivered,
      long batches,
      long delaySumMillis,
      long lostStretches,
      long undeliverable,
      long cutLines,
      long refusedBatches,
      long failedReads,
      long failedSaves) {
    static Sample of(AgentView view) {
      long batches = 0;
      for (Component sink : view.sinks()) {
        for (long count : sink.numbers("DelayCounts")) {
          batches += count;
        }
      }
      return new Sample(
          view.nanos(),
          view.sources().stream().mapToLong(Sample::lines).sum(),
          view.sum("source", "ByteCount"),
          view.sum("validator", "ValidCount"),
          view.sum("validator", "InvalidCount") + view.sum("validator", "EarlierInvalidCount"),
          view.sum("sink", "EventDrainSuccessCount"),
          batches,
          view.sum("sink", "DelaySumMillis"),
          view.sum("source", "GapCount"),
          view.sum("sink", "UndeliverableRecordCount"),
          view.sum("source", "LongLineCount"),
          view.sum("source", "ChannelWriteFail"),
          ofOurSources(view, "EventReadFail"),
          ofOurSources(view, "GenericProcessingFail"));
    }

    /** Other sources count other troubles under these names. */
    private static long ofOurSources(AgentView view, String attribute) {
      return view.sources().stream()
          .filter(source -> source.has("LineCount"))
          .mapToLong(source -> source.number(attribute))
          .sum();
    }

    /** Sources that are not ours count events. */
    private static long lines(Component source) {
      return source.has("LineCount")
          ? source.number("LineCount")
          : source.number("EventAcceptedCount");
    }
  }

  /**
   * What happened between two samples, each second, and how it was at the end.
   *
   * @param delayMillis on average over batches, or what the oldest line in flight has waited if
   *     that is longer
   * @param channelPercent of the fullest channel
   */
  record Point(
      long timeMillis,
      double lines,
      double bytes,
      double valid,
      double invalid,
      double delivered,
      double delayMillis,
      double channelPercent) {}

  History(AgentReader agent) {
    this.agent = agent;
  }

  void start() {
    @SuppressWarnings("unused") // it is stopped as a whole
    var task = timer.scheduleAtFixedRate(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    timer.shutdownNow();
  }

  private void look() {
    try {
      add(agent.view());
    } catch (RuntimeException e) { // or it would be the last look
      LOG.warn("console: the agent could not be looked at", e);
    }
  }

  synchronized void add(AgentView view) {
    Sample now = Sample.of(view);
    if (!samples.isEmpty()) {
      Sample before = samples.getLast();
      if (now.nanos() <= before.nanos()) {
        return;
      }
      points.add(point(view, before, now));
    }
    samples.add(now);
    if (samples.size() > MOST_SAMPLES) {
      samples.removeFirst();
    }
    if (points.size() > MOST_SAMPLES) {
      points.removeFirst();
    }
  }

  private static Point point(AgentView view, Sample before, Sample now) {
    double seconds = (now.nanos() - before.nanos()) / 1e9;
    long batches = now.batches() - before.batches();
    double mean =
        batches > 0 ? (double) (now.delaySumMillis() - before.delaySumMillis()) / batches : 0;
    long waiting = view.most("sink", sink -> sink.number("InFlightMillis"));
    double fill =
        view.channels().stream()
            .mapToDouble(channel -> channel.ratio("ChannelFillPercentage"))
            .max()
            .orElse(0);
    return new Point(
        view.timeMillis(),
        grown(before.lines(), now.lines()) / seconds,
        grown(before.bytes(), now.bytes()) / seconds,
        grown(before.valid(), now.valid()) / seconds,
        grown(before.invalid(), now.invalid()) / seconds,
        grown(before.delivered(), now.delivered()) / seconds,
        Math.max(0, Math.max(mean, (double) waiting)),
        fill);
  }

  /** A counter that is smaller than before was started anew. */
  private static long grown(long before, long now) {
    return now < before ? now : now - before;
  }

  /** The points after {@code timeMillis}, the oldest first. */
  synchronized List<Point> since(long timeMillis) {
    var later = new ArrayList<Point>();
    for (Point point : points) {
      if (point.timeMillis() > timeMillis) {
        later.add(point);
      }
    }
    return later;
  }

  /** By how much a count has grown within the span that is kept. */
  long increase(ToLongFunction<Sample> count) {
    return increase(count, SPAN);
  }

  /** The same within the latest part of it. */
  synchronized long increase(ToLongFunction<Sample> count, Duration span) {
    if (samples.isEmpty()) {
      return 0;
    }
    Sample last = samples.getLast();
    Sample first = last;
    for (Sample sample : samples) {
      if (last.nanos() - sample.nanos() <= span.toNanos()) {
        first = sample;
        break;
      }
    }
    return grown(count.applyAsLong(first), count.applyAsLong(last));
  }
}
