package io.sluice.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Agents to look at, without any. */
final class Agents {
  private final Map<String, Map<String, Object>> components = new HashMap<>();

  /** One source, one validator, one channel and one sink, and all is well. */
  static Agents healthy() {
    return new Agents()
        .with("source", Map.of("Reading", true, "SilentMillis", 3L, "LineCount", 0L))
        .with("validator", Map.of("Alarm", 0L, "InvalidRatio", 0.0, "RulesFileRefused", false))
        .with("channel", Map.of("ChannelFillPercentage", 1.0))
        .with("sink", Map.of("Connected", true, "Refused", false, "WaitingMillis", 0L));
  }

  Agents with(String kind, Map<String, ?> attributes) {
    components.computeIfAbsent(kind, none -> new HashMap<>()).putAll(attributes);
    return this;
  }

  AgentView at(long seconds) {
    List<Component> list = new ArrayList<>();
    components.forEach((kind, attributes) -> list.add(new Component(kind, "it", attributes)));
    return new AgentView(seconds * 1_000, TimeUnit.SECONDS.toNanos(seconds), list);
  }
}
