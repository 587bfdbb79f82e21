package io.sluice.console;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers of components that we know nothing of, under names made of Flume's. */
final class OtherNumbers {
  private static final Set<String> TIMES = Set.of("StartTime", "StopTime");

  private static final Set<String> KNOWN =
      Stream.concat(
              Metrics.ALL.stream().map(metric -> metric.kind() + " " + metric.attribute()),
              Stream.of(
                  "validator JudgedCount", // the verdicts added up
                  "sink DelayMillis",
                  "sink DelaySumMillis")) // parts of the histogram
          .collect(Collectors.toUnmodifiableSet());

  private final AgentView view;
  private final Snapshots snapshots;

  OtherNumbers(AgentView view, Snapshots snapshots) {
    this.view = view;
    this.snapshots = snapshots;
  }

  void add() {
    var byName = new TreeMap<String, List<UnknownDataPointSnapshot>>();
    for (Component component : view.components()) {
      component
          .attributes()
          .forEach(
              (attribute, value) -> {
                if (value instanceof Number number && isOther(component.kind(), attribute)) {
                  byName
                      .computeIfAbsent(name(component.kind(), attribute), none -> new ArrayList<>())
                      .add(point(component, number));
                }
              });
    }
    byName.forEach(
        (name, points) ->
            snapshots.add(new UnknownSnapshot(new MetricMetadata(name, "By Flume."), points)));
  }

  private static boolean isOther(String kind, String attribute) {
    return !KNOWN.contains(kind + " " + attribute)
        && !TIMES.contains(attribute)
        && !kind.equals("validator");
  }

  private static UnknownDataPointSnapshot point(Component component, Number value) {
    return UnknownDataPointSnapshot.builder()
        .labels(Snapshots.labels(component))
        .value(value.doubleValue())
        .build();
  }

  private static String name(String kind, String attribute) {
    return "flume_" + snake(kind) + "_" + snake(attribute);
  }

  private static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .replaceAll("[^A-Za-z0-9_]", "_")
        .toLowerCase(Locale.ROOT);
  }
}
