package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Soak;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lines and files beyond what fits into memory or into 32 bits; {@code -Psoak} makes them huge. The
 * broker is the test's own, so that its data goes with the test.
 */
final class BigFilesIT {
  private static final long LONG_LINE = Boolean.getBoolean("sluice.soak") ? 2L << 30 : 200_000_000;
  private static final long BIG_FILE = 3L << 30;
  private static final int BIG_FILE_LINE = 1_000;
  private static final int MAX_LINE = 1_000_000;

  @TempDir Path folder;
  private KafkaBroker broker;
  private Pipeline pipeline;

  @BeforeEach
  void startBroker() {
    broker = new KafkaBroker(folder.resolve("broker")).start();
    pipeline = new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers()).createTopics();
  }

  @AfterEach
  void stop() {
    pipeline.close();
    broker.close();
  }

  @Test
  void aLineWithoutAnEndCostsBoundedMemory() throws IOException {
    pipeline.config().set("a1.sources.tail.maxLineBytes", MAX_LINE);
    LogFile log = pipeline.log().append("before value=15");
    writeLongLine(log.path());
    pipeline.agent().jvm("-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    pipeline.start();
    var footprint = new Footprint(pipeline.agent().process());
    await("the whole line is looked through").until(() -> footprint.bytesRead() >= LONG_LINE);
    log.append("", "after value=15");
    pipeline.topics().awaitCount(pipeline.raw(), 3);

    System.out.printf(
        "BigFilesIT line of %d bytes, -Xmx64m: peak RSS %d MiB%n",
        LONG_LINE, footprint.peakMebibytes());
    assertThat(pipeline.topics().values(pipeline.raw()))
        .extracting(value -> value.length)
        .containsExactly(15, MAX_LINE, 14);
    assertThat(footprint.peakMebibytes()).isLessThan(300);
  }

  @Test
  @Soak
  void everyLineOfAHugeFileArrivesOnce() throws IOException {
    int count = (int) (BIG_FILE / BIG_FILE_LINE) + 1;
    writeReadings(pipeline.log().path(), count);

    long start = System.nanoTime();
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), count);

    System.out.printf(
        "BigFilesIT file of %d bytes, %d lines: peak RSS %d MiB, %d s%n",
        Files.size(pipeline.log().path()),
        count,
        new Footprint(pipeline.agent().process()).peakMebibytes(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
    assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
    var raw = new ReadingCount(count).topic(pipeline.topics(), pipeline.raw(), number -> true);
    System.out.println("BigFilesIT raw: " + raw);
    assertThat(raw).hasToString("lost=0 duplicates=0");
  }

  private static void writeLongLine(Path path) throws IOException {
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
      for (long left = LONG_LINE; left > 0; left -= part.length) {
        out.write(part, 0, (int) Math.min(left, part.length));
      }
    }
  }

  private static void writeReadings(Path path, int count) throws IOException {
    byte[] line = new byte[BIG_FILE_LINE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      for (int number = 0; number < count; number++) {
        Arrays.fill(line, (byte) '.');
        byte[] text =
            ("reading " + number + " value=" + number % 30 + " ")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, line, 0, text.length);
        line[line.length - 1] = '\n';
        out.write(line);
      }
    }
  }
}
