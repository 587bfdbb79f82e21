package io.sluice.sink;

import io.sluice.config.Problems;
import java.util.Map;

/** Reads a {@link RoutingKafkaSink}'s configuration without Flume and without starting anything. */
public final class SinkCheck {
  private SinkCheck() {}

  /**
   * What the sink would do; where something is wrong, and then among {@code problems}, the default
   * stands for it.
   */
  public static SinkConfig read(String name, Map<String, String> given, Problems problems) {
    return SinkSettings.parse(name, given, problems);
  }
}
