package io.sluice.gateway.kafka;

import io.sluice.gateway.ReceiveConfig;
import io.sluice.gateway.TopicConsumer;

/** Named and loaded by {@link io.sluice.kafkaclient.KafkaClient}. */
public final class KafkaTopicConsumerFactory implements TopicConsumer.Factory {
  @Override
  public TopicConsumer create(ReceiveConfig config, String topic) {
    return new KafkaTopicConsumer(config, topic);
  }
}
