package io.sluice.sink;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.delivery.Shipment;
import io.sluice.event.LogEvent;
import io.sluice.event.Origin;
import java.nio.charset.StandardCharsets;
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
 * sink's loop, to the ledger: all that a line costs beside reading, judging and Kafka.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SinkLoopBenchmark {
  private static final int LINES = 10_000;
  private static final int LINE_BYTES = 107;

  private final byte[] body = "x".repeat(LINE_BYTES - 1).getBytes(StandardCharsets.US_ASCII);
  private final MemoryChannel channel = new MemoryChannel();
  private final Shipment shipment = new Shipment();
  private final File file = new File();
  private Intake intake = opened();
  private long offset;

  /** Where the lines come from. */
  private static final class File implements Origin {
    private final Ledger ledger =
        new Ledger(new Position("bench", new FileIdentity("/app.log", 0, 0, 0, 0), 0, 0));

    @Override
    public Ledger ledger() {
      return ledger;
    }

    @Override
    public boolean hasHeaders() {
      return false;
    }

    @Override
    public void addHeaders(Map<String, String> headers, long offset) {}
  }

  private Intake opened() {
    channel.setName("bench");
    String size = Integer.toString(LINES);
    channel.configure(new Context(Map.of("capacity", size, "transactionCapacity", size)));
    return new Intake(channel, LINES);
  }

  @Setup
  public void start() {
    channel.start();
    intake = new Intake(channel, LINES);
  }

  @TearDown
  public void stop() {
    channel.stop();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public Position batch() {
    put();
    shipment.clear();
    intake.begin();
    do {
      Event event = intake.take();
      if (event instanceof LogEvent line && !line.isStale()) {
        line.addTo(shipment);
      }
    } while (intake.hasMore());
    shipment.taken();
    intake.delivered();
    shipment.delivered();
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
