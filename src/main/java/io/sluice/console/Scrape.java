package io.sluice.console;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The numbers of one moment as the Prometheus client's snapshots. Used once, by one thread. */
final class Scrape {
  /** Each file is a time series of its own in Prometheus. */
  static final int MOST_FILES = 50;

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
  private final List<Alarm> alarms;
  private final List<MetricSnapshot> snapshots = new ArrayList<>();

  Scrape(AgentView view, List<Alarm> alarms) {
    this.view = view;
    this.alarms = alarms;
  }

  MetricSnapshots snapshots() {
    plain();
    delays();
    invalidLines();
    files();
    agent();
    others();
    return new MetricSnapshots(snapshots);
  }

  /** Numbers of one name belong together, whoever has them. */
  private void plain() {
    Map<String, List<Metric>> byName =
        Metrics.ALL.stream()
            .collect(Collectors.groupingBy(Metric::name, LinkedHashMap::new, Collectors.toList()));
    for (List<Metric> metrics : byName.values()) {
      Metric first = metrics.get(0);
      var counters = new ArrayList<CounterDataPointSnapshot>();
      var gauges = new ArrayList<GaugeDataPointSnapshot>();
      for (Metric metric : metrics) {
        for (Component component : view.of(metric.kind())) {
          if (component.has(metric.attribute())) {
            Labels labels = labels(component).merge(metric.more());
            double value = value(component, metric);
            if (metric.type() == Metric.Type.COUNTER) {
              counters.add(
                  CounterDataPointSnapshot.builder()
                      .labels(labels)
                      .value(Math.max(0, value))
                      .build());
            } else {
              gauges.add(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
            }
          }
        }
      }
      if (first.type() == Metric.Type.COUNTER) {
        counters(first.name(), first.help(), counters);
      } else {
        gauges(first.name(), first.help(), gauges);
      }
    }
  }

  private static double value(Component component, Metric metric) {
    if (component.attributes().get(metric.attribute()) instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return component.ratio(metric.attribute()) / metric.divisor();
  }

  private void delays() {
    var histogram =
        HistogramSnapshot.builder()
            .name(Metrics.DELAY)
            .help("Batches by the time from reading their first line to the acknowledgement.");
    boolean any = false;
    for (Component sink : view.sinks()) {
      long[] counts = sink.numbers("DelayCounts");
      long[] bounds = sink.numbers("DelayBounds");
      if (counts.length == 0 || counts.length != bounds.length + 1) {
        continue;
      }
      double[] seconds = new double[counts.length];
      for (int i = 0; i < bounds.length; i++) {
        seconds[i] = bounds[i] / 1e3;
      }
      seconds[bounds.length] = Double.POSITIVE_INFINITY;
      var point = HistogramDataPointSnapshot.builder();
      point.labels(labels(sink));
      point.sum(sink.number("DelaySumMillis") / 1e3);
      point.classicHistogramBuckets(ClassicHistogramBuckets.of(seconds, counts));
      histogram.dataPoint(point.build());
      any = true;
    }
    if (any) {
      snapshots.add(histogram.build());
    }
  }

  private void invalidLines() {
    var points = new ArrayList<CounterDataPointSnapshot>();
    for (Component validator : view.validators()) {
      if (validator.attributes().get("InvalidByRule") instanceof TabularData table) {
        for (Object row : table.values()) {
          CompositeData entry = (CompositeData) row;
          String key = String.valueOf(entry.get("key"));
          int dot = key.lastIndexOf('.'); // a rule's name may hold dots, a reason's does not
          Labels labels =
              labels(validator)
                  .merge(
                      Labels.of("rule", key.substring(0, dot), "reason", key.substring(dot + 1)));
          double value = ((Number) entry.get("value")).doubleValue();
          points.add(CounterDataPointSnapshot.builder().labels(labels).value(value).build());
        }
      }
    }
    counters(Metrics.INVALID, "Invalid lines by rule and reason.", points);
  }

  private void files() {
    var sizes = new ArrayList<GaugeDataPointSnapshot>();
    var positions = new ArrayList<GaugeDataPointSnapshot>();
    var lags = new ArrayList<GaugeDataPointSnapshot>();
    int left = MOST_FILES;
    for (Component source : view.sources()) {
      var names = new TreeSet<String>();
      for (CompositeData file : source.list("Files")) {
        String path = String.valueOf(file.get("path"));
        if (left-- <= 0 || !names.add(path)) {
          continue;
        }
        Labels labels = labels(source).merge(Labels.of("file", path));
        sizes.add(gauge(labels, file.get("sizeBytes")));
        positions.add(gauge(labels, file.get("positionBytes")));
        lags.add(gauge(labels, file.get("lagBytes")));
      }
    }
    gauges(Metrics.FILE_SIZE, "Size at the last look.", sizes);
    gauges(Metrics.FILE_POSITION, "Up to where all lines are delivered.", positions);
    gauges(Metrics.FILE_LAG, "Bytes not read yet.", lags);
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, Object value) {
    return GaugeDataPointSnapshot.builder()
        .labels(labels)
        .value(((Number) value).doubleValue())
        .build();
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
    gauges(
        Metrics.ALARM,
        "1 for each alarm that /healthz and the dashboard show.",
        alarms.stream()
            .map(alarm -> gauge(Labels.of("alarm", alarm.id(), "component", alarm.component()), 1))
            .toList());
    Runtime memory = Runtime.getRuntime();
    single(Metrics.HEAP, "Heap in use.", memory.totalMemory() - memory.freeMemory());
    single(Metrics.HEAP_MAX, "Heap at most.", memory.maxMemory());
    single(
        Metrics.START_TIME,
        "When the agent's process was started, since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
  }

  private void single(String name, String help, Number value) {
    gauges(name, help, List.of(gauge(Labels.EMPTY, value)));
  }

  /** Numbers of components that we know nothing of, under names made of Flume's. */
  private void others() {
    Map<String, List<UnknownDataPointSnapshot>> byName = new LinkedHashMap<>();
    for (Component component : view.components()) {
      for (Map.Entry<String, Object> attribute : component.attributes().entrySet()) {
        String key = component.kind() + " " + attribute.getKey();
        if (attribute.getValue() instanceof Number number
            && !KNOWN.contains(key)
            && !TIMES.contains(attribute.getKey())
            && !component.kind().equals("validator")) {
          byName
              .computeIfAbsent(
                  "flume_" + snake(component.kind()) + "_" + snake(attribute.getKey()),
                  none -> new ArrayList<>())
              .add(
                  UnknownDataPointSnapshot.builder()
                      .labels(labels(component))
                      .value(number.doubleValue())
                      .build());
        }
      }
    }
    byName.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(
            entry ->
                snapshots.add(
                    new UnknownSnapshot(
                        new MetricMetadata(entry.getKey(), "By Flume."), entry.getValue())));
  }

  private static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .replaceAll("[^A-Za-z0-9_]", "_")
        .toLowerCase(Locale.ROOT);
  }

  private static Labels labels(Component component) {
    return Labels.of("component", component.name());
  }

  private void counters(String name, String help, List<CounterDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      snapshots.add(new CounterSnapshot(new MetricMetadata(name, help), points));
    }
  }

  private void gauges(String name, String help, List<GaugeDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      snapshots.add(new GaugeSnapshot(new MetricMetadata(name, help), points));
    }
  }
}
