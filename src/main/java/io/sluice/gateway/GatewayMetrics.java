package io.sluice.gateway;

import java.util.function.IntSupplier;
import org.apache.flume.instrumentation.SourceCounter;

/** The counters of one gateway. Thread-safe. */
final class GatewayMetrics extends SourceCounter implements GatewayMetricsMBean {
  private static final String REFUSED = "src.gateway.refused";
  private static final String UNCONFIRMED = "src.gateway.unconfirmed";
  private static final String DROPPED = "src.gateway.dropped";
  private static final String TAKEN = "src.gateway.taken";
  private static final String[] ATTRIBUTES = {REFUSED, UNCONFIRMED, DROPPED, TAKEN};

  private volatile IntSupplier connections = () -> 0;

  GatewayMetrics(String name) {
    super(name, ATTRIBUTES);
  }

  void showConnections(IntSupplier count) {
    connections = count;
  }

  @Override
  public long getOpenConnectionCount() {
    return connections.getAsInt();
  }

  void received(int messages) {
    addToEventReceivedCount(messages);
    if (messages == 1) {
      incrementAppendReceivedCount();
    } else {
      incrementAppendBatchReceivedCount();
    }
  }

  void accepted(int messages) {
    addToEventAcceptedCount(messages);
    if (messages == 1) {
      incrementAppendAcceptedCount();
    } else {
      incrementAppendBatchAcceptedCount();
    }
  }

  void refused() {
    increment(REFUSED);
  }

  void unconfirmed() {
    increment(UNCONFIRMED);
  }

  void dropped(int messages) {
    addAndGet(DROPPED, messages);
  }

  void taken() {
    increment(TAKEN);
  }

  @Override
  public long getRefusedRequestCount() {
    return get(REFUSED);
  }

  @Override
  public long getUnconfirmedRequestCount() {
    return get(UNCONFIRMED);
  }

  @Override
  public long getDroppedMessageCount() {
    return get(DROPPED);
  }

  @Override
  public long getTakenMessageCount() {
    return get(TAKEN);
  }
}
