package io.sluice.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own time. A record without one, from a producer of long ago, gets the time now:
 * Kafka Streams would otherwise stop at it forever.
 *
 * <p>Public because Kafka Streams makes it by its name.
 */
public final class RecordTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> item, long partitionTime) {
    return item.timestamp() >= 0 ? item.timestamp() : System.currentTimeMillis();
  }
}
