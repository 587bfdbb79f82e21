package io.sluice.console;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What the agent's process takes, under the names that Prometheus' own client gives them. */
final class ProcessMetrics {
  private final Snapshots snapshots;

  ProcessMetrics(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  void add() {
    Runtime memory = Runtime.getRuntime();
    gauge(Metrics.HEAP, "Heap in use.", memory.totalMemory() - memory.freeMemory());
    gauge(Metrics.HEAP_MAX, "Heap at most.", memory.maxMemory());
    gauge(
        Metrics.START_TIME,
        "When the agent's process was started, since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    gauge(
        Metrics.CLOCK,
        "The time that the agent's machine believes it is, since 1970.",
        System.currentTimeMillis() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && system.getProcessCpuTime() >= 0) {
      snapshots.counters(
          Metrics.CPU,
          "Processor time of the agent's process.",
          List.of(Snapshots.counter(Labels.EMPTY, system.getProcessCpuTime() / 1e9)));
    }
    collections();
  }

  private void collections() {
    var summary = SummarySnapshot.builder().name(Metrics.GC).help("Collections of the heap.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      summary.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(Labels.of("gc", collector.getName()))
              .count(Math.max(0, collector.getCollectionCount()))
              .sum(Math.max(0, collector.getCollectionTime()) / 1e3)
              .build());
    }
    snapshots.add(summary.build());
  }

  private void gauge(String name, String help, Number value) {
    GaugeDataPointSnapshot point = Snapshots.gauge(Labels.EMPTY, value);
    snapshots.gauges(name, help, List.of(point));
  }
}
