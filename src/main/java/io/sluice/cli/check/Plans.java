package io.sluice.cli.check;

import io.sluice.sink.SinkConfig;
import io.sluice.source.SourceCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What our components would do, for those checks that look at several of them. Not thread-safe. */
final class Plans {
  private final Map<Component, SourceCheck.Plan> sources = new HashMap<>();
  private final Map<Component, SinkConfig> sinks = new HashMap<>();
  private final Set<Component> waiting = new HashSet<>();

  void add(Component source, SourceCheck.Plan plan) {
    sources.put(source, plan);
    waitsForKafka(source);
  }

  /** The source gives up nothing of what is in a memory channel before Kafka has it. */
  void waitsForKafka(Component source) {
    waiting.add(source);
  }

  boolean isWaitingForKafka(Component source) {
    return waiting.contains(source);
  }

  void add(Component sink, SinkConfig config) {
    sinks.put(sink, config);
  }

  /** Of a LogFileSource. */
  Optional<SourceCheck.Plan> source(Component source) {
    return Optional.ofNullable(sources.get(source));
  }

  /** Of a RoutingKafkaSink. */
  Optional<SinkConfig> sink(Component sink) {
    return Optional.ofNullable(sinks.get(sink));
  }
}
