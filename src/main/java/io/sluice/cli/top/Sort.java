package io.sluice.cli.top;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What agents are sorted by; the greatest first, but for names. */
enum Sort {
  LAG(AgentState::lagBytes),
  LINES(AgentState::lines),
  INVALID(AgentState::invalid),
  DELAY(AgentState::delayMillis),
  CHANNEL(AgentState::channelPercent),
  NAME(agent -> 0);

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final ToDoubleFunction<AgentState> value;

  Sort(ToDoubleFunction<AgentState> value) {
    this.value = value;
  }

  Comparator<AgentState> order() {
    return Comparator.comparingDouble(value)
        .reversed()
        .thenComparing(AgentState::name)
        .thenComparing(AgentState::url);
  }

  Sort next() {
    List<Sort> all = List.of(values());
    return all.get((all.indexOf(this) + 1) % all.size());
  }
}
