package io.sluice.config;

import java.util.List;
import java.util.Map;

/**
 * The component of Flume's whose place one of ours takes. Where only keys are given that both have,
 * keys that Flume's passes over are passed over too, with a warning: changing the type must be
 * enough.
 *
 * @param name such as {@code KafkaSink}
 * @param shared settings that it has too
 * @param withoutEffect keys that are often given to it and do nothing, each with what to do instead
 */
public record DropIn(String name, List<Setting<?>> shared, Map<String, String> withoutEffect) {
  public DropIn {
    shared = List.copyOf(shared);
    withoutEffect = Map.copyOf(withoutEffect);
  }
}
