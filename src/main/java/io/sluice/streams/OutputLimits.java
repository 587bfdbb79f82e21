package io.sluice.streams;

import io.sluice.event.kafka.RecordSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How large a record the topics and the producer take. One that is refused when it is sent takes
 * its whole transaction with it, comes again, and is refused again; so it must not be sent.
 * Immutable.
 *
 * @param topics {@code max.message.bytes} of each topic, as far as the brokers reported it at start
 * @param request the producer's {@code max.request.size}
 * @param compressed whether the producer compresses: then only the broker can tell what fits
 */
record OutputLimits(Map<String, Long> topics, int request, boolean compressed) {
  /** Kafka's own. */
  private static final int DEFAULT_REQUEST = 1_048_576;

  private static final String MAX_BYTES = "max.message.bytes";

  /**
   * Without what the brokers know.
   *
   * @param streams what the user gave for Kafka Streams and its clients
   */
  static OutputLimits ofProducer(Map<String, String> streams) {
    String request = given(streams, "max.request.size", String.valueOf(DEFAULT_REQUEST));
    String compression = given(streams, "compression.type", "none");
    return new OutputLimits(
        Map.of(),
        request.matches("\\d{1,9}") ? Integer.parseInt(request) : DEFAULT_REQUEST,
        !compression.equals("none"));
  }

  private static String given(Map<String, String> streams, String key, String absent) {
    return streams.getOrDefault("producer." + key, streams.getOrDefault(key, absent));
  }

  /** The same with the limits of {@code names}. A topic that may not be looked at has none. */
  OutputLimits ofTopics(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, Long> limits = new HashMap<>();
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    for (var answer : admin.describeConfigs(resources).values().entrySet()) {
      limit(answer.getValue()).ifPresent(limit -> limits.put(answer.getKey().name(), limit));
    }
    return new OutputLimits(Map.copyOf(limits), request, compressed);
  }

  private static Optional<Long> limit(KafkaFuture<org.apache.kafka.clients.admin.Config> answer)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(Long.valueOf(answer.get().get(MAX_BYTES).value()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Why the topic will not take this record; null if it may. */
  @Nullable String objection(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    int estimated = RecordSize.estimated(key, value, headers);
    if (estimated > request) {
      return "the record has %d bytes, max.request.size is %d".formatted(estimated, request);
    }
    Long limit = topics.get(topic);
    if (limit == null || compressed || estimated <= limit) {
      return null;
    }
    int size = RecordSize.alone(key, value, headers);
    return size <= limit
        ? null
        : "the record has %d bytes, the topic takes %d".formatted(size, limit);
  }
}
