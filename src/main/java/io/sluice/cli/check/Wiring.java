package io.sluice.cli.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at who is connected with whom. */
final class Wiring {
  private static final String KAFKA_CHANNEL = "org.apache.flume.channel.kafka.KafkaChannel";

  private final Agent agent;
  private final Findings findings;

  Wiring(Agent agent, Findings findings) {
    this.agent = agent;
    this.findings = findings;
  }

  void check() {
    agent.all(Kind.SOURCE).forEach(this::checkSource);
    agent.all(Kind.SINK).forEach(this::checkSink);
    agent.all(Kind.CHANNEL).forEach(this::checkChannel);
    agent.all(Kind.SINK_GROUP).forEach(this::checkGroup);
  }

  List<Component> sourcesOf(Component channel) {
    return agent.all(Kind.SOURCE).stream()
        .filter(source -> source.words("channels").contains(channel.name()))
        .toList();
  }

  List<Component> sinksOf(Component channel) {
    return agent.all(Kind.SINK).stream()
        .filter(sink -> sink.find("channel").equals(Optional.of(channel.name())))
        .toList();
  }

  private void checkSource(Component source) {
    if (source.entries().isEmpty()) {
      return; // told already
    }
    List<String> channels = source.words("channels");
    if (channels.isEmpty()) {
      String hint =
          source.find("channel").isPresent() ? ": a source has channels, not channel" : "";
      findings.error(
          source, "channel", "channels is missing%s; Flume drops the source.".formatted(hint));
    }
    checkNames(source, "channels", channels, Kind.CHANNEL);
    source
        .under("selector.")
        .forEach(
            (key, entry) -> {
              if (key.equals("default") || key.startsWith("mapping.")) {
                for (String name : AgentFile.words(entry.value())) {
                  if (!channels.contains(name)) {
                    findings.error(
                        entry.line(),
                        source.label(),
                        "selector.%s = \"%s\": channels does not name '%s'."
                            .formatted(key, entry.value(), name));
                  }
                }
              }
            });
  }

  private void checkSink(Component sink) {
    if (sink.entries().isEmpty()) {
      return;
    }
    List<String> channels = sink.words("channel");
    if (channels.isEmpty()) {
      String hint = sink.find("channels").isPresent() ? ": a sink has channel, not channels" : "";
      findings.error(
          sink, "channels", "channel is missing%s; Flume drops the sink.".formatted(hint));
    } else if (channels.size() > 1) {
      findings.error(
          sink,
          "channel",
          "channel = \"%s\": a sink drains one channel.".formatted(String.join(" ", channels)));
    } else {
      checkNames(sink, "channel", channels, Kind.CHANNEL);
    }
  }

  private void checkNames(Component component, String key, List<String> names, Kind kind) {
    if (component.isPlaceholder(key)) {
      return;
    }
    for (String name : names) {
      if (agent.find(kind, name).isEmpty()) {
        findings.error(
            component,
            key,
            "%s = \"%s\": there is no %s '%s'%s."
                .formatted(
                    key,
                    String.join(" ", names),
                    kind.label(),
                    name,
                    Agent.nearest(name, agent.names(kind), "; the nearest is ")));
      }
    }
  }

  private void checkChannel(Component channel) {
    if (channel.type().equals(KAFKA_CHANNEL)) {
      return; // Other agents may be at its other end.
    }
    if (sinksOf(channel).isEmpty()) {
      findings.error(channel, "type", "no sink drains it; once it is full its sources stop.");
    }
    if (sourcesOf(channel).isEmpty()) {
      findings.warn(channel, "type", "no source fills it.");
    }
  }

  private void checkGroup(Component group) {
    List<String> sinks = group.words("sinks");
    checkNames(group, "sinks", sinks, Kind.SINK);
    Set<String> seen = new HashSet<>();
    for (Component other : agent.all(Kind.SINK_GROUP)) {
      for (String sink : other.words("sinks")) {
        if (!seen.add(sink) && sinks.contains(sink)) {
          findings.error(group, "sinks", "sink '%s' is in another group too.".formatted(sink));
        }
      }
      if (other.equals(group)) {
        return;
      }
    }
  }
}
