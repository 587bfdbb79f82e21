package io.sluice.cli.check;

import io.sluice.sink.SinkConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Looks at what the wiring makes of the promises: who acknowledges, and who shares what. */
final class Guarantees {
  /** Sets a header of the event it is given. Not in the catalogue, because its jar is separate. */
  private static final String UUID = "org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder";

  private final Agent agent;
  private final Wiring wiring;
  private final Catalogue catalogue;
  private final Findings findings;
  private final Plans plans;

  Guarantees(Agent agent, Wiring wiring, Catalogue catalogue, Findings findings, Plans plans) {
    this.agent = agent;
    this.wiring = wiring;
    this.catalogue = catalogue;
    this.findings = findings;
    this.plans = plans;
  }

  void check() {
    agent.all(Kind.CHANNEL).forEach(this::checkChannel);
    checkDeliveryIds();
    checkPositionFiles();
    checkFolders();
  }

  private void checkChannel(Component channel) {
    List<Component> sinks = wiring.sinksOf(channel);
    for (Component sink : sinks) {
      if (plans.sink(sink).filter(SinkConfig::isExactlyOnce).isPresent()) {
        checkExactlyOnce(channel, sink, sinks);
      }
    }
    boolean memory = channel.isMemoryChannel();
    boolean ours = sinks.stream().anyMatch(sink -> plans.sink(sink).isPresent());
    for (Component source : wiring.sourcesOf(channel)) {
      boolean waits = plans.isWaitingForKafka(source);
      boolean acknowledged = waits && ours && source.words("channels").size() == 1;
      if (memory && !acknowledged) {
        findings.warn(source, "channels", lossThrough(channel, source, waits, ours));
      }
      if (memory && ours && plans.source(source).isPresent()) {
        agent.interceptors(source).forEach(this::checkKeepsEvents);
      }
    }
  }

  private void checkKeepsEvents(Component interceptor) {
    String type = interceptor.type();
    if (type.contains(".")
        && !type.equals(UUID)
        && catalogue.find(Kind.INTERCEPTOR, type).isEmpty()) {
      findings.warn(
          interceptor,
          "type",
          "type = \"%s\" is not known to change the events it is given. If it returns new ones, no position moves: at-least-once repeats their lines at every start, exactly-once refuses to ship."
              .formatted(type));
    }
  }

  private static String lossThrough(
      Component channel, Component source, boolean waits, boolean ours) {
    String why;
    if (!waits) {
      why = "this source does not wait until Kafka has it";
    } else if (!ours) {
      why = "no RoutingKafkaSink drains it";
    } else {
      why =
          "the source has %d channels, and which of them delivered a line cannot be told"
              .formatted(source.words("channels").size());
    }
    return "a crash or a stop loses what memory channel '%s' holds then: %s."
        .formatted(channel.name(), why);
  }

  private void checkExactlyOnce(Component channel, Component sink, List<Component> sinks) {
    if (!channel.isMemoryChannel() && !channel.isPlaceholder("type")) {
      findings.error(
          sink,
          "guarantee",
          "guarantee = exactly-once needs a memory channel; channel '%s' is of type \"%s\", which gives at least once."
              .formatted(channel.name(), channel.type()));
    }
    if (sinks.size() > 1) {
      findings.error(
          sink,
          "channel",
          "guarantee = exactly-once needs the channel for itself; channel '%s' has %d sinks."
              .formatted(channel.name(), sinks.size()));
    }
    for (Component source : wiring.sourcesOf(channel)) {
      if (plans.source(source).isPresent() && source.words("channels").size() > 1) {
        findings.error(
            source,
            "channels",
            "sink '%s' is exactly-once, and that needs a source with one channel."
                .formatted(sink.name()));
      }
    }
  }

  private void checkDeliveryIds() {
    Map<String, Component> owners = new HashMap<>();
    for (Component sink : agent.all(Kind.SINK)) {
      String id = plans.sink(sink).map(SinkConfig::deliveryId).orElse("");
      Component owner = id.isEmpty() ? null : owners.putIfAbsent(id, sink);
      if (owner != null) {
        findings.error(
            sink,
            "deliveryId",
            "deliveryId = \"%s\" is that of sink '%s' too; they would fence each other for ever."
                .formatted(id, owner.name()));
      }
    }
  }

  private void checkPositionFiles() {
    Map<Path, Component> owners = new HashMap<>();
    for (Component source : agent.all(Kind.SOURCE)) {
      Path file = plans.source(source).flatMap(plan -> plan.positionFile()).orElse(null);
      Component owner = file == null ? null : owners.putIfAbsent(file, source);
      if (owner != null) {
        findings.error(
            source,
            "positionFile",
            "positionFile = \"%s\" is that of source '%s' too; each would overwrite the other's positions."
                .formatted(file, owner.name()));
      }
    }
  }

  /** File channels without folders of their own all use the one default. */
  private void checkFolders() {
    Map<String, Component> owners = new HashMap<>();
    for (Component channel : agent.all(Kind.CHANNEL)) {
      if (!channel.type().equalsIgnoreCase(FlumeChannels.FILE)) {
        continue;
      }
      var folders = new HashSet<String>();
      folders.add(channel.find("checkpointDir").orElse("~/.flume/file-channel/checkpoint"));
      folders.addAll(
          List.of(
              channel.find("dataDirs").orElse("~/.flume/file-channel/data").split("\\s*,\\s*")));
      for (String folder : folders) {
        Component owner = owners.putIfAbsent(folder, channel);
        if (owner != null) {
          findings.error(
              channel,
              "checkpointDir",
              "%s is a folder of channel '%s' too; a file channel needs its own."
                  .formatted(folder, owner.name()));
        }
      }
    }
  }
}
