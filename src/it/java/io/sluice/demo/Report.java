package io.sluice.demo;

import io.sluice.it.Pipeline;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the demo prints: its progress, and at the end the table. */
final class Report {
  private static final int LONGEST_VALUE = 12;
  private static final int LONGEST_LINE = 70;
  private static final long PROGRESS_NANOS = 1_000_000_000;

  private final PrintStream out;
  private final long start = System.nanoTime();
  private long progressed = start - PROGRESS_NANOS;

  Report(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.printf(Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, text);
  }

  /** Once a second; the table has the last word. */
  void progress(Arrivals arrivals) {
    if (System.nanoTime() - progressed >= PROGRESS_NANOS) {
      progressed = System.nanoTime();
      say(
          "written %,d  raw %,d  valid %,d  invalid %,d"
              .formatted(arrivals.written(), arrivals.raw(), arrivals.valid(), arrivals.invalid()));
    }
  }

  void table(Pipeline pipeline, Arrivals arrivals) {
    out.printf("%n%-20s %12s %8s%n", "topic", "records", "share");
    row(pipeline.raw(), arrivals.raw(), arrivals);
    row(pipeline.valid(), arrivals.valid(), arrivals);
    row(pipeline.invalid(), arrivals.invalid(), arrivals);
    if (!arrivals.samples().isEmpty()) {
      out.printf("%nSome invalid records%n%-15s %-12s %-12s line%n", "reason", "value", "range");
      arrivals.samples().forEach(this::sample);
    }
    out.printf(
        "%nraw=%d valid=%d invalid=%d lost=%d duplicates=%d%n",
        arrivals.raw(),
        arrivals.valid(),
        arrivals.invalid(),
        arrivals.lost(),
        arrivals.duplicates());
  }

  private void row(String topic, long count, Arrivals arrivals) {
    double share = 100.0 * count / Math.max(1, arrivals.written());
    out.printf(Locale.ROOT, "%-20s %12d %7.1f%%%n", topic, count, share);
  }

  private void sample(ConsumerRecord<byte[], byte[]> item) {
    out.printf(
        "%-15s %-12s %-12s %s%n",
        Arrivals.header(item, "validation.reason"),
        printable(Arrivals.header(item, "validation.value"), LONGEST_VALUE),
        Arrivals.header(item, "validation.range"),
        printable(new String(item.value(), StandardCharsets.UTF_8), LONGEST_LINE));
  }

  /** Log lines are foreign: nothing of them may steer the terminal. */
  private static String printable(String text, int longest) {
    String bounded = text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    return bounded.replaceAll("\\p{C}", "?");
  }
}
