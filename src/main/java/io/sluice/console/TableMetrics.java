package io.sluice.console;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What components tell as lists and tables: delays, invalid lines by reason, files. */
final class TableMetrics {
  private final AgentView view;
  private final Snapshots snapshots;
  private final FileSeries fileSeries;

  TableMetrics(AgentView view, Snapshots snapshots, FileSeries fileSeries) {
    this.view = view;
    this.snapshots = snapshots;
    this.fileSeries = fileSeries;
  }

  void add() {
    delays();
    invalidLines();
    files();
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
      point.labels(Snapshots.labels(sink));
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
              Snapshots.labels(validator)
                  .merge(
                      Labels.of("rule", key.substring(0, dot), "reason", key.substring(dot + 1)));
          double value = ((Number) entry.get("value")).doubleValue();
          points.add(Snapshots.counter(labels, value));
        }
      }
    }
    snapshots.counters(Metrics.INVALID, "Invalid lines by rule and reason.", points);
  }

  private void files() {
    var sizes = new ArrayList<GaugeDataPointSnapshot>();
    var positions = new ArrayList<GaugeDataPointSnapshot>();
    var lags = new ArrayList<GaugeDataPointSnapshot>();
    List<String> paths =
        view.sources().stream()
            .flatMap(source -> Arrays.stream(source.list("Files")))
            .map(TableMetrics::path)
            .toList();
    Set<String> chosen = fileSeries.choose(paths, view.nanos());
    for (Component source : view.sources()) {
      var names = new TreeSet<String>();
      for (CompositeData file : source.list("Files")) {
        String path = path(file);
        if (!chosen.contains(path) || !names.add(path)) {
          continue;
        }
        Labels labels = Snapshots.labels(source).merge(Labels.of("file", path));
        sizes.add(Snapshots.gauge(labels, file.get("sizeBytes")));
        positions.add(Snapshots.gauge(labels, file.get("positionBytes")));
        lags.add(Snapshots.gauge(labels, file.get("lagBytes")));
      }
    }
    snapshots.gauges(Metrics.FILE_SIZE, "Size at the last look.", sizes);
    snapshots.gauges(Metrics.FILE_POSITION, "Up to where all lines are delivered.", positions);
    snapshots.gauges(Metrics.FILE_LAG, "Bytes not read yet.", lags);
  }

  private static String path(CompositeData file) {
    return String.valueOf(file.get("path"));
  }
}
