package io.sluice.gateway.kafka;

import io.sluice.gateway.ReceiveConfig;
import io.sluice.gateway.Taker;

/** Named and loaded by {@link io.sluice.kafkaclient.KafkaClient}. */
public final class KafkaTakerFactory implements Taker.Factory {
  @Override
  public Taker create(ReceiveConfig config, String topic) {
    return new KafkaTaker(config, topic);
  }
}
