package io.sluice.it;

import io.sluice.it.VitalSigns.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Samples of one process over some part of its life. */
final class LifeRecord {
  private final JavaProcess process;
  private final List<Sample> samples = new ArrayList<>();
  private VitalSigns signs;
  private long firstNanos;
  private long lastNanos;

  LifeRecord(JavaProcess process) {
    this.process = process;
  }

  void look() throws IOException {
    if (signs == null) {
      signs = VitalSigns.of(process);
      firstNanos = System.nanoTime();
    }
    samples.add(signs.sample());
    lastNanos = System.nanoTime();
  }

  /** Looks no more, whether the process lives on or not. */
  void end() {
    if (signs != null) {
      signs.close();
    }
  }

  /** Whether there is enough to compare. */
  boolean hasThirds() {
    return samples.size() >= 3;
  }

  /** The median over the first third. */
  double early(ToDoubleFunction<Sample> figure) {
    return median(samples.subList(0, samples.size() / 3), figure);
  }

  /** The median over the last third. */
  double late(ToDoubleFunction<Sample> figure) {
    return median(samples.subList(samples.size() - samples.size() / 3, samples.size()), figure);
  }

  /** How long it was looked at, and the medians of first and last third. */
  @Override
  public String toString() {
    return "%5.1f min, RSS %s MiB, heap %s MiB, metaspace %s MiB, descriptors %s, threads %s"
        .formatted(
            Duration.ofNanos(lastNanos - firstNanos).toMillis() / 60_000.0,
            change(Sample::resident),
            change(Sample::heap),
            change(Sample::metaspace),
            change(Sample::descriptors),
            change(Sample::threads));
  }

  private String change(ToDoubleFunction<Sample> figure) {
    return "%.1f -> %.1f".formatted(early(figure), late(figure));
  }

  private static double median(List<Sample> of, ToDoubleFunction<Sample> figure) {
    double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
