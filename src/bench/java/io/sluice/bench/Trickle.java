package io.sluice.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How long a line takes from the append to a consumer, when lines come slowly and steadily. */
final class Trickle {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Delays in milliseconds, sorted; lines that did not arrive in time are missing. */
  record Delays(double[] millis, int written) {
    double percentile(double percent) {
      return millis.length == 0
          ? Double.POSITIVE_INFINITY
          : millis[Math.min(millis.length - 1, (int) (millis.length * percent / 100))];
    }

    Map<Figure, Double> figures() {
      return Map.of(
          Figure.LINES, (double) written,
          Figure.P50_MS, percentile(50),
          Figure.P99_MS, percentile(99),
          Figure.P999_MS, percentile(99.9),
          Figure.WORST_MS, percentile(100),
          Figure.LOST, (double) written - millis.length);
    }
  }

  private final String bootstrapServers;
  private final int linesASecond;
  private final int count;
  private final long[] appended;
  private final long[] arrived;
  private volatile int next;

  Trickle(String bootstrapServers, int linesASecond, Duration span) {
    this.bootstrapServers = bootstrapServers;
    this.linesASecond = linesASecond;
    this.count = (int) (linesASecond * span.toSeconds());
    this.appended = new long[count + 1];
    this.arrived = new long[count + 1];
  }

  /** Measures a contender whose raw topic exists. */
  Delays run(Contender contender, Path folder, String prefix) throws IOException {
    Path log = folder.resolve("app.log");
    try (OutputStream out = Files.newOutputStream(log);
        KafkaConsumer<byte[], byte[]> consumer = consumer(prefix + "raw")) {
      append(out); // Line 0 shows that everything runs; it is not measured.
      Workload workload = Workload.of(count + 1);
      var crew =
          new Crew(
              contender.prepare(new Run(folder, List.of(log), bootstrapServers, prefix, workload)));
      try {
        awaitArrivals(consumer, 1, START_LIMIT);
        var writer = new Thread(() -> writeAll(out), "trickle");
        writer.start();
        awaitArrivals(consumer, count + 1, Duration.ofSeconds(count / linesASecond + 30L));
        return delays();
      } finally {
        crew.kill();
      }
    }
  }

  private void writeAll(OutputStream out) {
    long start = System.nanoTime();
    while (next <= count) {
      long due = start + (next - 1) * 1_000_000_000L / linesASecond;
      LockSupport.parkNanos(due - System.nanoTime());
      if (System.nanoTime() >= due) {
        append(out);
      }
    }
  }

  private void append(OutputStream out) {
    appended[next] = System.nanoTime();
    try {
      out.write((NumberedLog.line(next) + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next++;
  }

  private void awaitArrivals(KafkaConsumer<byte[], byte[]> consumer, int wanted, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (arrived[wanted - 1] == 0 && System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> line : consumer.poll(POLL)) {
        arrived[NumberedLog.numberOf(line.value())] = System.nanoTime();
      }
    }
  }

  private Delays delays() {
    double[] millis = new double[count];
    int found = 0;
    for (int number = 1; number <= count; number++) {
      if (arrived[number] != 0) {
        millis[found++] = (arrived[number] - appended[number]) / 1e6;
      }
    }
    double[] sorted = Arrays.copyOf(millis, found);
    Arrays.sort(sorted);
    return new Delays(sorted, count);
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }
}
