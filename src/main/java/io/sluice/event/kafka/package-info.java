/**
 * Verdicts on Kafka records, as all of ours write and read them. Needs the Kafka client beside it,
 * so in an agent it belongs to the child-first class loader.
 */
@NullMarked
package io.sluice.event.kafka;

import org.jspecify.annotations.NullMarked;
