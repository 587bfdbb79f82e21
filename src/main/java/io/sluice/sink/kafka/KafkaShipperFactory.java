package io.sluice.sink.kafka;

import io.sluice.sink.Shipper;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;

/** Named and loaded by {@link io.sluice.kafkaclient.KafkaClient}. */
public final class KafkaShipperFactory implements Shipper.Factory {
  // These outlive connections.
  private final Fates fates = new Fates();
  private final Pace pace = new Pace();

  @Override
  public Shipper create(SinkConfig config, String instance, SinkMetrics metrics) {
    return new KafkaShipper(config, instance, metrics, fates, pace);
  }
}
