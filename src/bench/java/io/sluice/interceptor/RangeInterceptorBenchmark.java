package io.sluice.interceptor;

import io.sluice.delivery.Ledger;
import io.sluice.event.LogEvent;
import io.sluice.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time and allocation for one event of a batch, verdict and counters included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RangeInterceptorBenchmark {
  private static final int LINES = 1_024;

  private final List<Event> events = new ArrayList<>();
  private final RangeInterceptor.Builder builder = new RangeInterceptor.Builder();
  private Interceptor interceptor = configured();

  private Interceptor configured() {
    builder.configure(new Context(Map.of("field", "key:value", "range", "[10,20]")));
    return builder.build();
  }

  @Setup
  public void fill() {
    interceptor = configured();
    var random = new Random(1);
    var origin = new NoOrigin();
    for (int i = 0; i < LINES; i++) {
      String line =
          "time=2026-11-23T03:48:55.123Z host=edge-7 level=info msg=\"a reading\" value=%d.%02d"
              .formatted(10 + random.nextInt(10), random.nextInt(100));
      events.add(new LogEvent(origin, 0, 0, 0, line.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Events that come from nowhere; none is delivered. */
  private static final class NoOrigin implements Origin {
    @Override
    public long readNanos() {
      return 0;
    }

    @Override
    public Ledger ledger() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasHeaders() {
      return false;
    }

    @Override
    public void addHeaders(Map<String, String> headers, long offset) {}
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public List<Event> valid() {
    return interceptor.intercept(events);
  }
}
