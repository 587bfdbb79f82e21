/**
 * The Kafka-facing half of the sink. Loaded by {@link io.sluice.sink.KafkaClient} with our own
 * Kafka client, so nothing outside may name these classes; they are reached through {@link
 * io.sluice.sink.Shipper}.
 */
@NullMarked
package io.sluice.sink.kafka;

import org.jspecify.annotations.NullMarked;
