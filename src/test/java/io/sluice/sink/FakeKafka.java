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

  /** Whether answers come only to those who insist. */
  boolean slow;

  /** Whether records that get no answer arrive all the same, until the connection is closed. */
  boolean arriving;

  @Override
  public Shipper create(SinkConfig config, String instance, SinkMetrics metrics) {
    return this;
  }

  @Override
  public List<Position> open(boolean again) {
    return List.of();
  }

  @Override
  public Batch begin() {
    batches++;
    return new FakeBatch();
  }

  @Override
  public void close(Duration patience) {}

  private final class FakeBatch implements Batch {
    private final List<String> sent = new ArrayList<>();

    @Override
    public void ship(Event event) {
      sent.add(new String(event.getBody(), UTF_8));
    }

    @Override
    public boolean await(Duration patience) {
      return !slow && !away;
    }

    @Override
    public boolean commit(List<Position> after) throws DeliveryException {
      if (away) {
        throw new DeliveryException("away", new IllegalStateException());
      }
      delivered.addAll(sent);
      positions.addAll(after);
      return true;
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
