package io.sluice.cli.top;

import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** What agents are sorted by; the greatest first, but for names. */
enum Sort {
  LAG(AgentState::lagBytes),
  LINES(AgentState::lines),
  INVALID(AgentState::invalid),
  DELAY(AgentState::delayMillis),
  CHANNEL(AgentState::channelPercent),
  NAME(agent -> 0);

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
    return values()[(ordinal() + 1) % values().length];
  }
}
