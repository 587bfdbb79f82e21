package io.sluice.sink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where records go. With {@code plain} the sink behaves as Flume's KafkaSink and the others are
 * absent; otherwise at least one of the three is there. Names may hold Flume's escapes, such as
 * {@code %{host}}.
 */
public record TopicRoutes(
    @Nullable String raw,
    @Nullable String valid,
    @Nullable String invalid,
    @Nullable String plain) {

  /** Whether the verdict decides over the topic. */
  public boolean isRouting() {
    return plain == null;
  }

  /** For people: {@code raw = a, valid = b, invalid = c}. */
  String describe() {
    if (plain != null) {
      return "topic = " + plain;
    }
    List<String> named = new ArrayList<>();
    addTo(named, "raw", raw);
    addTo(named, "valid", valid);
    addTo(named, "invalid", invalid);
    return String.join(", ", named);
  }

  private static void addTo(List<String> named, String name, @Nullable String topic) {
    if (topic != null) {
      named.add(name + " = " + topic);
    }
  }
}
