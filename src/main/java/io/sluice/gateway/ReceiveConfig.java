package io.sluice.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What {@code /receiver} may do. Immutable.
 *
 * @param group what the names of the consumer groups begin with
 * @param topics those that messages may be taken off; none if it is switched off
 * @param consumer properties for the Kafka consumer as the user gave them
 */
public record ReceiveConfig(
    Set<String> topics,
    String group,
    Duration timeout,
    Duration maxTimeout,
    String servers,
    Map<String, String> consumer) {}
