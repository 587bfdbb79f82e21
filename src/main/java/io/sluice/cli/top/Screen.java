package io.sluice.cli.top;

import io.sluice.cli.terminal.Style;
import io.sluice.logging.Shown;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows of one picture. Rows may be longer than the terminal is wide. */
final class Screen {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int SHOWN_INVALID = 8;
  private static final int FEWEST_FILES = 3;

  private final Style style;
  private final int height;
  private final List<String> rows = new ArrayList<>();

  Screen(Style style, int height) {
    this.style = style;
    this.height = height;
  }

  List<String> of(List<AgentState> agents, Sort sort, boolean paused, long nowMillis) {
    rows.add(
        "%s  %s  sorted by %s%s    %s"
            .formatted(
                style.bold("sluice top"),
                time(nowMillis),
                sort.name().toLowerCase(Locale.ROOT),
                paused ? "  " + style.bad("paused") : "",
                style.dim("s sort  p pause  q quit")));
    rows.add("");
    agents(agents.stream().sorted(sort.order()).toList(), nowMillis);
    alarms(agents);
    List<JsonTree> invalid = invalid(agents);
    int invalidRows = invalid.isEmpty() ? 0 : Math.min(SHOWN_INVALID, invalid.size()) + 2;
    files(agents, Math.max(FEWEST_FILES, height - rows.size() - invalidRows - 2));
    invalid(invalid, Math.max(0, height - rows.size() - 2));
    return rows.subList(0, Math.min(height, rows.size()));
  }

  static String time(long millis) {
    return CLOCK.format(LocalTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault()));
  }

  private void title(String text) {
    rows.add(style.dim(text));
  }

  private void agents(List<AgentState> agents, long nowMillis) {
    title(
        "%-24s %9s %9s %9s %9s %8s %9s  %s"
            .formatted(
                "AGENT", "LINES/S", "VALID/S", "INVALID/S", "DELAY", "CHANNEL", "LAG", "STATE"));
    for (AgentState agent : agents) {
      if (agent.seenMillis() == 0) {
        String state = agent.failure().isEmpty() ? "asking" : style.bad(agent.failure());
        rows.add("%s %s".formatted(column(agent.name(), 24), state));
      } else {
        rows.add(
            "%s %9s %9s %9s %9s %8s %9s  %s"
                .formatted(
                    column(agent.name(), 24),
                    Amounts.count(agent.lines()),
                    Amounts.count(agent.valid()),
                    Amounts.count(agent.invalid()),
                    Amounts.span(agent.delayMillis()),
                    Amounts.percent(Math.rint(agent.channelPercent())),
                    Amounts.bytes(agent.lagBytes()),
                    state(agent, nowMillis)));
      }
    }
  }

  private String state(AgentState agent, long nowMillis) {
    if (!agent.isAnswering()) {
      return style.bad(
          "gone for %s: %s"
              .formatted(Amounts.span((double) (nowMillis - agent.seenMillis())), agent.failure()));
    }
    int alarms = agent.alarms().size();
    return alarms == 0 ? style.good("ok") : style.bad(alarms == 1 ? "1 alarm" : alarms + " alarms");
  }

  private void alarms(List<AgentState> agents) {
    boolean titled = false;
    for (AgentState agent : agents) {
      for (JsonTree alarm : agent.isAnswering() ? agent.alarms() : List.<JsonTree>of()) {
        if (!titled) {
          rows.add("");
          title("ALARMS");
          titled = true;
        }
        rows.add(
            "%s %s %s"
                .formatted(
                    style.bad(Shown.of(alarm.at("id").text())),
                    (agents.size() > 1 ? Shown.of(agent.name()) + ", " : "")
                        + Shown.of(alarm.at("component").text())
                        + ":",
                    Shown.of(alarm.at("text").text())));
      }
    }
  }

  private void files(List<AgentState> agents, int most) {
    List<JsonTree> files =
        agents.stream()
            .flatMap(agent -> agent.files().stream())
            .sorted(
                Comparator.comparingDouble((JsonTree file) -> file.at("lagBytes").number())
                    .reversed()
                    .thenComparing(file -> file.at("idleMillis").number()))
            .toList();
    if (files.isEmpty()) {
      return;
    }
    rows.add("");
    title("%9s %9s %9s  %s".formatted("LAG", "SIZE", "IDLE", "FILE"));
    for (JsonTree file : files.subList(0, Math.min(most, files.size()))) {
      rows.add(
          "%9s %9s %9s  %s"
              .formatted(
                  Amounts.bytes(file.at("lagBytes").number()),
                  Amounts.bytes(file.at("sizeBytes").number()),
                  Amounts.span(file.at("idleMillis").number()),
                  Shown.of(file.at("path").text())));
    }
    if (files.size() > most) {
      title("%31s and %d more".formatted("", files.size() - most));
    }
  }

  private static List<JsonTree> invalid(List<AgentState> agents) {
    return agents.stream()
        .flatMap(agent -> agent.latestInvalid().stream())
        .sorted(
            Comparator.comparingDouble((JsonTree line) -> line.at("timeMillis").number())
                .reversed())
        .toList();
  }

  private void invalid(List<JsonTree> lines, int most) {
    if (lines.isEmpty() || most < 1) {
      return;
    }
    rows.add("");
    title("%-8s  %-14s %-14s %-16s %s".formatted("INVALID", "REASON", "VALUE", "RANGE", "FILE"));
    for (JsonTree line : lines.subList(0, Math.min(Math.min(SHOWN_INVALID, most), lines.size()))) {
      rows.add(
          "%-8s  %s %s %s %s"
              .formatted(
                  time((long) line.at("timeMillis").number()),
                  column(line.at("reason").text(), 14),
                  column(line.at("value").text(), 14),
                  column(line.at("range").text(), 16),
                  Shown.of(line.at("file").text())));
    }
  }

  private static String column(String text, int width) {
    String shown = Shown.of(text);
    return shown.length() > width
        ? shown.substring(0, width - 1) + "~"
        : shown + " ".repeat(width - shown.length());
  }

  /** The same agent in one line, for those who read no terminal. */
  static String line(AgentState agent, long nowMillis) {
    String alarms =
        String.join(
            " ", agent.alarms().stream().map(alarm -> Shown.of(alarm.at("id").text())).toList());
    String numbers =
        agent.isAnswering()
            ? "lines/s %s  valid/s %s  invalid/s %s  delay %s  channel %s  lag %s  %s"
                .formatted(
                    Amounts.count(agent.lines()),
                    Amounts.count(agent.valid()),
                    Amounts.count(agent.invalid()),
                    Amounts.span(agent.delayMillis()),
                    Amounts.percent(Math.rint(agent.channelPercent())),
                    Amounts.bytes(agent.lagBytes()),
                    alarms.isEmpty() ? "ok" : alarms)
            : "gone: " + agent.failure();
    return "%s  %s  %s".formatted(time(nowMillis), Shown.of(agent.name()), numbers);
  }
}
