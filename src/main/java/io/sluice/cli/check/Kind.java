package io.sluice.cli.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of components that an agent lists. */
enum Kind {
  SOURCE("source", "sources"),
  CHANNEL("channel", "channels"),
  SINK("sink", "sinks"),
  SINK_GROUP("sink group", "sinkgroups"),
  CONFIG_FILTER("config filter", "configfilters"),
  /** Listed by its source and not by the agent. */
  INTERCEPTOR("interceptor", "interceptors");

  private final String label;
  private final String list;

  Kind(String label, String list) {
    this.label = label;
    this.list = list;
  }

  String label() {
    return label;
  }

  /** The key that lists the components of this kind. */
  String list() {
    return list;
  }

  static List<Kind> ofAgent() {
    return List.of(SOURCE, CHANNEL, SINK, SINK_GROUP, CONFIG_FILTER);
  }

  static Optional<Kind> listedBy(String key) {
    return ofAgent().stream().filter(kind -> kind.list.equals(key)).findFirst();
  }

  static List<String> lists() {
    return Arrays.stream(values()).filter(kind -> kind != INTERCEPTOR).map(Kind::list).toList();
  }
}
