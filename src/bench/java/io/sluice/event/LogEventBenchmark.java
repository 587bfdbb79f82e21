package io.sluice.event;

import io.sluice.delivery.Anchor;
import io.sluice.delivery.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Time and allocation for one event out of a read buffer, beside Flume's own with its headers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogEventBenchmark {
  private static final int LINE_BYTES = 107;

  private final byte[] buffer = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
  private final Origin origin = new NoOrigin();
  private int start = 300;

  /** Events that come from nowhere; none is delivered. */
  private static final class NoOrigin implements Origin {
    @Override
    public Ledger ledger() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long readNanos() {
      return 0;
    }

    @Override
    public boolean hasHeaders() {
      return false;
    }

    @Override
    public void addHeaders(Map<String, String> headers, long offset) {}
  }

  @Benchmark
  public Event sluice() {
    int end = start + LINE_BYTES;
    byte[] body = Arrays.copyOfRange(buffer, start, end - 1);
    return new LogEvent(origin, start, end, Anchor.at(buffer, end, end), body);
  }

  @Benchmark
  public Event naive() {
    byte[] body = Arrays.copyOfRange(buffer, start, start + LINE_BYTES - 1);
    return EventBuilder.withBody(body, Map.of("file", "/var/log/app/app.log"));
  }
}
