package io.sluice.console;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Collects the Prometheus client's snapshots of one moment. Used by one thread. */
final class Snapshots {
  private final List<MetricSnapshot> all = new ArrayList<>();

  static Labels labels(Component component) {
    return Labels.of("component", component.name());
  }

  static CounterDataPointSnapshot counter(Labels labels, double value) {
    return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  static GaugeDataPointSnapshot gauge(Labels labels, Object value) {
    return GaugeDataPointSnapshot.builder()
        .labels(labels)
        .value(((Number) value).doubleValue())
        .build();
  }

  /** Kinds that only one has. */
  void add(MetricSnapshot snapshot) {
    all.add(snapshot);
  }

  /** Adds a family, unless nobody has a value. */
  void counters(String name, String help, List<CounterDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      all.add(new CounterSnapshot(new MetricMetadata(name, help), points));
    }
  }

  /** Adds a family, unless nobody has a value. */
  void gauges(String name, String help, List<GaugeDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      all.add(new GaugeSnapshot(new MetricMetadata(name, help), points));
    }
  }

  MetricSnapshots all() {
    return new MetricSnapshots(all);
  }
}
