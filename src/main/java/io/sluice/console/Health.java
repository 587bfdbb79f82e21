package io.sluice.console;

import java.util.List;
import java.util.Set;

/**
 * Whether the agent is as it should be, and why not.
 *
 * @param reasons what makes it not good
 * @param alarms what else a person should know of
 */
record Health(String question, List<Alarm> reasons, List<Alarm> alarms) {
  /** What only a new process could cure. */
  private static final Set<String> DEAD = Set.of("source-stuck");

  /** What keeps lines from reaching Kafka. */
  private static final Set<String> NOT_READY =
      Set.of(
          "no-components",
          "sink-refused",
          "sink-disconnected",
          "sink-stalled",
          "source-waiting",
          "source-stuck",
          "streams-stopped");

  /** Whether the process does its work, however things are around it. */
  static Health live(AgentView view, History history) {
    return split("live", Alarms.of(view, history), DEAD);
  }

  /** Whether lines that come now get to Kafka. */
  static Health ready(AgentView view, History history) {
    return split("ready", Alarms.of(view, history), NOT_READY);
  }

  private static Health split(String question, List<Alarm> all, Set<String> decisive) {
    return new Health(
        question,
        all.stream().filter(alarm -> decisive.contains(alarm.id())).toList(),
        all.stream().filter(alarm -> !decisive.contains(alarm.id())).toList());
  }

  boolean isGood() {
    return reasons.isEmpty();
  }
}
