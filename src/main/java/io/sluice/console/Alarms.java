package io.sluice.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is the matter with an agent now. */
final class Alarms {
  static final long STALLED_MILLIS = 10_000;
  static final long SILENT_MILLIS = 60_000;
  private static final double FULL_PERCENT = 90;

  /** What is still going on shows within this time; one refused batch is nothing yet. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final List<Alarm> alarms = new ArrayList<>();

  private Alarms() {}

  /** The worst first. */
  static List<Alarm> of(AgentView view, History history) {
    var found = new Alarms();
    found.lookAt(view);
    found.lookBack(history);
    return List.copyOf(found.alarms);
  }

  private void lookAt(AgentView view) {
    if (view.streams().isEmpty() && (view.sources().isEmpty() || isUndrained(view))) {
      alarms.add(
          new Alarm(
              "no-components",
              "agent",
              "No source or no sink is running; the agent's log says which was refused, and why."));
    }
    view.sinks().forEach(this::lookAtSink);
    view.sources().forEach(this::lookAtSource);
    view.validators().forEach(this::lookAtValidator);
    view.streams().forEach(this::lookAtStreams);
    for (Component channel : view.channels()) {
      double fill = channel.ratio("ChannelFillPercentage");
      if (fill >= FULL_PERCENT) {
        add(
            "channel-full",
            channel,
            percent(fill) + " full. The source waits; lines stay in their files.");
      }
    }
  }

  /** Flume's null and logger sinks show nothing of themselves; the channel shows that they take. */
  private static boolean isUndrained(AgentView view) {
    return view.sinks().isEmpty() && view.sum("channel", "EventTakeAttemptCount") == 0;
  }

  private void lookAtSink(Component sink) {
    if (!sink.has("Connected")) {
      return;
    }
    String error = sink.text("LastError");
    if (sink.flag("Refused")) {
      add("sink-refused", sink, "It has given up for good. " + error);
    } else if (!sink.flag("Connected")) {
      add(
          "sink-disconnected",
          sink,
          error.isEmpty() ? "Not connected to " + sink.text("Servers") + " yet." : error);
    } else if (sink.number("WaitingMillis") >= STALLED_MILLIS) {
      add(
          "sink-stalled",
          sink,
          "Kafka has not answered for %d s. Nothing is lost, the source waits too."
              .formatted(sink.number("WaitingMillis") / 1_000));
    }
    if (sink.number("ReplacedEventCount") > 0 && !sink.flag("Refused")) {
      add(
          "events-replaced",
          sink,
          "An interceptor replaces events, so their positions do not move and the next start repeats"
              + " their lines; the log says more.");
    }
  }

  private void lookAtSource(Component source) {
    if (!source.has("Reading")) {
      return;
    }
    if (source.number("SilentMillis") >= SILENT_MILLIS) {
      add(
          "source-stuck",
          source,
          "Its thread has done nothing for %d s.".formatted(source.number("SilentMillis") / 1_000));
    } else if (!source.flag("Reading")) {
      String error = source.text("LastError");
      add(
          "source-waiting",
          source,
          error.isEmpty() ? "It waits until the sink knows where to continue." : error);
    }
  }

  private void lookAtStreams(Component streams) {
    if (!streams.flag("Running")) {
      add("streams-stopped", streams, "Kafka Streams is " + streams.text("StreamsState") + ".");
    }
  }

  private void lookAtValidator(Component validator) {
    if (validator.number("Alarm") > 0) {
      add(
          "quality",
          validator,
          "%s of the latest lines are invalid, more than maxInvalidRatio allows."
              .formatted(percent(100 * validator.ratio("InvalidRatio"))));
    }
    if (validator.flag("RulesFileRefused")) {
      add(
          "rules-refused",
          validator,
          "The changed rules file has mistakes; the rules before it stay in force.");
    }
  }

  private void lookBack(History history) {
    long lost = history.increase(History.Sample::lostStretches);
    long minutes = History.SPAN.toMinutes();
    if (lost > 0) {
      alarms.add(
          new Alarm(
              "lines-lost",
              "sources",
              "Within %d minutes, %d times bytes of a file were gone before they could be read."
                  .formatted(minutes, lost)));
    }
    long cut = history.increase(History.Sample::cutLines);
    if (cut > 0) {
      alarms.add(
          new Alarm(
              "lines-cut",
              "sources",
              "Within %d minutes, %d lines were longer than maxLineBytes and were cut."
                  .formatted(minutes, cut)));
    }
    if (history.increase(History.Sample::refusedBatches, RECENT) > 1
        && alarms.stream().noneMatch(alarm -> alarm.id().equals("channel-full"))) {
      alarms.add(
          new Alarm(
              "channel-full",
              "channels",
              "There is no room for the next batch, by events or by bytes. The source waits; lines"
                  + " stay in their files."));
    }
    if (history.increase(History.Sample::failedReads, RECENT) > 0) {
      alarms.add(
          new Alarm(
              "file-unreadable",
              "sources",
              "Files cannot be read; the log names them. They are tried again at each scan."));
    }
    if (history.increase(History.Sample::failedSaves, RECENT) > 0) {
      alarms.add(
          new Alarm(
              "positions-unwritten",
              "sources",
              "Positions cannot be written; the log says why. A crash now would repeat lines."));
    }
    long undeliverable = history.increase(History.Sample::undeliverable);
    if (undeliverable > 0) {
      alarms.add(
          new Alarm(
              "undeliverable",
              "sinks",
              "Within %d minutes, Kafka refused %d records for good; the invalid topic describes them."
                  .formatted(minutes, undeliverable)));
    }
  }

  private void add(String id, Component component, String text) {
    alarms.add(new Alarm(id, component.title(), text));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f %%", value);
  }
}
