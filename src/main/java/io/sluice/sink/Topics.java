package io.sluice.sink;

import org.jspecify.annotations.Nullable;

/**
 * Where records go. With {@code plain} the sink behaves as Flume's KafkaSink and the others are
 * absent; otherwise at least one of the three is there. Names may hold Flume's escapes, such as
 * {@code %{host}}.
 */
public record Topics(
    @Nullable String raw,
    @Nullable String valid,
    @Nullable String invalid,
    @Nullable String plain) {

  /** Whether the verdict decides over the topic. */
  public boolean isRouting() {
    return plain == null;
  }
}
