/** The gateway's Kafka side, loaded beside our own Kafka client. */
@NullMarked
package io.sluice.gateway.kafka;

import org.jspecify.annotations.NullMarked;
