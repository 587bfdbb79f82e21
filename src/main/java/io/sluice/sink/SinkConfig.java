package io.sluice.sink;

import io.sluice.delivery.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink's configuration, checked.
 *
 * @param name the sink's name in the agent
 * @param deliveryId empty unless exactly-once
 * @param topicHeader event header that overrides the plain topic; null if none may
 * @param recordHeaders event header to record header, one by one
 * @param passedHeaders event headers that become record headers of the same name; {@code *} for all
 * @param recordIds whether records say which file and offset they come from
 * @param producer properties for the Kafka producer as the user gave them
 */
public record SinkConfig(
    String name,
    String servers,
    TopicRoutes topics,
    Guarantee guarantee,
    String deliveryId,
    PositionsTopicConfig positionsTopic,
    int batchSize,
    long batchBytes,
    Duration batchDuration,
    boolean avro,
    @Nullable String topicHeader,
    @Nullable String partitionHeader,
    @Nullable Integer partition,
    @Nullable String timestampHeader,
    Map<String, String> recordHeaders,
    List<String> passedHeaders,
    boolean recordIds,
    Map<String, String> producer) {

  /** Name of the positions topic, and how often to replicate it if it has to be created. */
  public record PositionsTopicConfig(String name, Optional<Short> replicationFactor) {}

  public boolean isExactlyOnce() {
    return guarantee == Guarantee.EXACTLY_ONCE;
  }

  /** For the log: what the sink is told to do, without the producer's properties. */
  @Override
  public String toString() {
    String promise = isExactlyOnce() ? "exactly-once as \"" + deliveryId + "\"" : "at-least-once";
    return "sink '%s': %s to %s, %s".formatted(name, promise, servers, topics.describe());
  }
}
