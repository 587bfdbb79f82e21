/**
 * The Kafka client that the bundle brings along, and the class loader that keeps it apart from the
 * older one in Flume's {@code lib/}.
 */
@NullMarked
package io.sluice.kafkaclient;

import org.jspecify.annotations.NullMarked;
