package io.sluice.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.delivery.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Event;

/** Our own side of Kafka, which answers when it is told to. */
final class FakeKafka implements Shipper, Shipper.Factory {
  /** Bodies of delivered events, in the order of their batches' settling. */
  final List<String> delivered = new ArrayList<>();

  /** Committed positions. */
  final List<Position> positions = new ArrayList<>();

  /** How many batches were begun, over all connections. */
  int batches;

  /** Whether records get no answer. */
  boolean away;

  /** Whether the client has lost its last connection. */
  boolean alone;

  /** Whether answers come only to those who insist. */
  boolean slow;

  /** Whether records that get no answer arrive all the same, until the connection is closed. */
  boolean arriving;

  /** Whether commits neither take place nor are answered. */
  boolean losingCommits;

  /** Whether commits take place and are not answered. */
  boolean losingAnswers;

  /** Body of an event that is refused for good with all its batch. */
  String poison = "none";

  /** How many batches were refused for it. */
  int refusals;

  private String lastBatch = "";

  @Override
  public Shipper create(SinkConfig config, String instance, SinkMetrics metrics) {
    return this;
  }

  @Override
  public Committed open(boolean again) {
    return new Committed(List.copyOf(positions), lastBatch);
  }

  @Override
  public boolean isReachable() {
    return !alone;
  }

  @Override
  public Batch begin(boolean single) {
    batches++;
    return new FakeBatch();
  }

  @Override
  public void close(Duration patience) {}

  private final class FakeBatch implements Batch {
    private final List<String> sent = new ArrayList<>();
    private List<Position> after = List.of();
    private String name = "";

    @Override
    public void ship(Event event) {
      sent.add(new String(event.getBody(), UTF_8));
    }

    @Override
    public boolean await(Duration patience) {
      return !slow && !away;
    }

    @Override
    public boolean finish(List<Position> after, String name) throws DeliveryException {
      if (away) {
        throw new DeliveryException("away", new IllegalStateException());
      }
      this.after = after;
      this.name = name;
      refusals += sent.contains(poison) ? 1 : 0;
      return !sent.contains(poison);
    }

    @Override
    public void commit() throws DeliveryException {
      if (!losingCommits) {
        delivered.addAll(sent);
        positions.addAll(after);
        lastBatch = name;
      }
      if (losingCommits || losingAnswers) {
        throw new DeliveryException("the outcome is unknown", new IllegalStateException());
      }
    }

    @Override
    public boolean abandon() {
      if (arriving) {
        delivered.addAll(sent);
      }
      return arriving;
    }
  }
}
