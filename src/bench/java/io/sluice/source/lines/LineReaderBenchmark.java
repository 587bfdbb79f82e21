package io.sluice.source.lines;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.HeaderConfig;
import io.sluice.source.config.LineRules;
import io.sluice.source.files.FileKey;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.files.OpenFiles;
import io.sluice.source.files.TailedFile;
import io.sluice.source.lines.LineReader.Turn;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.SourceMetrics;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** From a file in the page cache to events in a batch: lines a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LineReaderBenchmark {
  private static final int LINES = 200_000;

  @Param({"30", "100", "400"})
  int lineBytes;

  private Path path;
  private SourceMetrics counter;
  private LineRules rules;

  @Setup
  public void writeLog() throws IOException {
    path = Files.createTempFile("bench", ".log");
    Files.writeString(path, ("x".repeat(lineBytes - 1) + "\n").repeat(LINES));
    counter = new SourceMetrics("bench");
    rules =
        new LineRules(
            1_000_000,
            LineRules.LongLines.INVALID,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            LineRules.Format.LINES);
  }

  @TearDown
  public void deleteLog() throws IOException {
    Files.delete(path);
  }

  /** Reads the file once, in batches of a thousand. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int linesOfAFile() throws IOException {
    var emitter = new LineEmitter(rules, counter, Time.SYSTEM);
    var reader =
        new LineReader(
            Content::plain, new PlainLines(emitter, rules.maxLineBytes()), rules.unit(), counter);
    var head = Fingerprint.NONE;
    var identity = new FileIdentity(path.toString(), 0, 0, head.length(), head.hash());
    FileKey key = FileKey.of(Files.readAttributes(path, BasicFileAttributes.class)).orElseThrow();
    var file =
        new TailedFile(
            new Found(path, path, FileGroup.ofGlob("paths", path.toString(), false), key, 0, 0),
            new Position("bench", identity, 0, 0),
            null,
            new HeaderConfig(Optional.empty(), false, Optional.empty(), false, Map.of()),
            new OpenFiles());
    var batch = new Batch(1_000);
    int count = 0;
    Turn turn;
    do {
      turn = reader.read(file, batch);
      count += batch.size();
      batch.clear();
    } while (turn != Turn.DRAINED);
    file.close();
    return count;
  }

  /** Runs with the GC profiler. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(LineReaderBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
