package io.sluice.source.lines;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time to find the end of one line, beside a loop over the bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NewlinesBenchmark {
  private static final int LINES = 1_024;

  @Param({"30", "107", "1024"})
  private int lineBytes = 107;

  private byte[] buffer = {};

  @Setup
  public void fill() {
    buffer = ("x".repeat(lineBytes - 1) + "\n").repeat(LINES).getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int sluice() {
    int lines = 0;
    int at = Newlines.find(buffer, 0, buffer.length);
    while (at >= 0) {
      lines++;
      at = Newlines.find(buffer, at + 1, buffer.length);
    }
    return lines;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int naive() {
    int lines = 0;
    int at = naiveFind(0);
    while (at >= 0) {
      lines++;
      at = naiveFind(at + 1);
    }
    return lines;
  }

  private int naiveFind(int from) {
    for (int i = from; i < buffer.length; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
