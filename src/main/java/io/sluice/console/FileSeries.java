package io.sluice.console;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files have time series of their own. Whoever may create files below a source's pattern
 * makes names, and each name costs Prometheus memory; so a place that is given to a file stays with
 * it for an hour, however many other files come. Thread-safe.
 */
final class FileSeries {
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

  private final int most;
  private final Map<String, Long> givenNanos = new LinkedHashMap<>();

  /**
   * @param most places; 0 for no time series of files
   */
  FileSeries(int most) {
    this.most = most;
  }

  /** The chosen ones of {@code paths}, which are in the order of their importance. */
  synchronized Set<String> choose(List<String> paths, long nowNanos) {
    Set<String> wanted = Set.copyOf(paths.subList(0, Math.min(most, paths.size())));
    givenNanos
        .entrySet()
        .removeIf(
            given -> !wanted.contains(given.getKey()) && nowNanos - given.getValue() >= KEPT_NANOS);
    for (String path : paths) {
      if (givenNanos.size() >= most) {
        break;
      }
      givenNanos.putIfAbsent(path, nowNanos);
    }
    return Set.copyOf(givenNanos.keySet());
  }
}
