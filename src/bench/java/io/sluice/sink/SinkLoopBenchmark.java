package io.sluice.sink;

import io.sluice.config.Problems;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.event.LogEvent;
import io.sluice.event.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Time and allocation for one event from the source's put, through Flume's memory channel and the
 * sink's loop, to the ledger: all that a line costs beside reading, judging and Kafka, which
 * answers at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SinkLoopBenchmark {
  private static final int LINES = 10_000;
  private static final int LINE_BYTES = 107;

  private final byte[] body = "x".repeat(LINE_BYTES - 1).getBytes(StandardCharsets.US_ASCII);
  private final MemoryChannel channel = new MemoryChannel();
  private final File file = new File();
  private final SinkLoop dispatch = configured();
  private long offset;

  private SinkLoop configured() {
    channel.setName("bench");
    String room = Integer.toString(2 * LINES); // so that no batch is full and waits for the next
    channel.configure(new Context(Map.of("capacity", room, "transactionCapacity", room)));
    Map<String, String> keys =
        Map.of(
            "kafka.bootstrap.servers", "nowhere:9092", "topics.raw", "raw", "flumeBatchSize", room);
    var problems = new Problems("benchmark");
    SinkConfig config = SinkSettings.parse("bench", keys, problems);
    problems.throwIfAny("");
    return new SinkLoop(
        () -> (settings, instance, metrics) -> new NoKafka(),
        config,
        channel,
        Company.UNKNOWN,
        new SinkMetrics("bench"));
  }

  /** Has everything at once. */
  private static final class NoKafka implements Shipper, Shipper.Batch {
    @Override
    public Committed open(boolean again) {
      return Committed.NOTHING;
    }

    @Override
    public boolean isReachable() {
      return true;
    }

    @Override
    public Batch begin(boolean single) {
      return this;
    }

    @Override
    public void ship(Event event) {}

    @Override
    public boolean await(Duration patience) {
      return true;
    }

    @Override
    public boolean finish(List<Position> positions, String name) {
      return true;
    }

    @Override
    public void commit() {}

    @Override
    public boolean abandon() {
      return true;
    }

    @Override
    public void close(Duration patience) {}
  }

  /** Where the lines come from. */
  private static final class File implements Origin {
    private final Ledger ledger =
        new Ledger(new Position("bench", new FileIdentity("/app.log", 0, 0, 0, 0), 0, 0));

    @Override
    public Ledger ledger() {
      return ledger;
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

  @Setup
  public void start() {
    channel.start();
  }

  @TearDown
  public void stop() {
    dispatch.stop();
    channel.stop();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public Position batch() {
    put();
    long end = offset;
    while (file.ledger().position().offset() < end) {
      dispatch.step();
    }
    return file.ledger().position();
  }

  private void put() {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (int i = 0; i < LINES; i++) {
      channel.put(new LogEvent(file, offset, offset + LINE_BYTES, 0, body));
      offset += LINE_BYTES;
    }
    transaction.commit();
    transaction.close();
  }
}
