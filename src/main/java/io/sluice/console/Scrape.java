package io.sluice.console;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The numbers of one moment as the Prometheus client's snapshots. Used once, by one thread. */
final class Scrape {
  private final AgentView view;
  private final List<Alarm> alarms;
  private final FileSeries fileSeries;
  private final Snapshots snapshots = new Snapshots();

  Scrape(AgentView view, List<Alarm> alarms, FileSeries fileSeries) {
    this.view = view;
    this.alarms = alarms;
    this.fileSeries = fileSeries;
  }

  MetricSnapshots snapshots() {
    plain();
    new TableMetrics(view, snapshots, fileSeries).add();
    agent();
    new ProcessMetrics(snapshots).add();
    new OtherNumbers(view, snapshots).add();
    return snapshots.all();
  }

  /** Numbers of one name belong together, whoever has them. */
  private void plain() {
    Map<String, List<Metric>> byName =
        Metrics.ALL.stream()
            .collect(Collectors.groupingBy(Metric::name, LinkedHashMap::new, Collectors.toList()));
    byName.values().forEach(this::series);
  }

  private void series(List<Metric> metrics) {
    var counters = new ArrayList<CounterDataPointSnapshot>();
    var gauges = new ArrayList<GaugeDataPointSnapshot>();
    for (Metric metric : metrics) {
      for (Component component : view.of(metric.kind())) {
        if (component.has(metric.attribute())) {
          Labels labels = Snapshots.labels(component).merge(metric.more());
          double value = value(component, metric);
          if (metric.type() == Metric.Type.COUNTER) {
            counters.add(Snapshots.counter(labels, Math.max(0, value)));
          } else {
            gauges.add(Snapshots.gauge(labels, value));
          }
        }
      }
    }
    Metric first = metrics.get(0);
    snapshots.counters(first.name(), first.help(), counters);
    snapshots.gauges(first.name(), first.help(), gauges);
  }

  private static double value(Component component, Metric metric) {
    if (component.attributes().get(metric.attribute()) instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return component.ratio(metric.attribute()) / metric.divisor();
  }

  private void agent() {
    snapshots.add(
        InfoSnapshot.builder()
            .name(Metrics.INFO)
            .help("What is running.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(
                        Labels.of(
                            "version", Versions.sluice(),
                            "flume", Versions.flume(),
                            "java", System.getProperty("java.version", "")))
                    .build())
            .build());
    snapshots.gauges(
        Metrics.ALARM,
        "1 for each alarm that /healthz and the dashboard show.",
        alarms.stream()
            .map(
                alarm ->
                    Snapshots.gauge(
                        Labels.of("alarm", alarm.id(), "component", alarm.component()), 1))
            .toList());
  }
}
