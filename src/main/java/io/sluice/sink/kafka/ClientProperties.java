package io.sluice.sink.kafka;

import io.sluice.kafkaclient.GlobalTls;
import io.sluice.kafkaclient.SharedSettings;
import io.sluice.sink.Idempotence;
import io.sluice.sink.SinkConfig;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Properties for our Kafka clients: defaults that keep the promises and suit throughput, then what
 * the user gave, then what must be so.
 */
final class ClientProperties {
  private static final long MIN_BUFFER_BYTES = 2L << 20;
  private static final long MAX_BUFFER_BYTES = 64L << 20;
  private static final long MIN_BATCH_BYTES = 32L << 10;

  /** Below the broker's default for {@code message.max.bytes}. */
  private static final long MAX_BATCH_BYTES = 1_000_000;

  private static final long DEFAULT_REQUEST_BYTES = 1L << 20;

  /** The client takes a record for some bytes larger than it will be. */
  private static final long SPARE_BYTES = 1L << 10;

  private static final long LINGER_MILLIS = 5;

  private static final String CALL_TIMEOUT_MILLIS = "10000";

  /**
   * How long a broker may be silent until it is looked who leads now. A cluster that runs on
   * defaults replaces a silent broker after nine seconds, and the client's own 30 s would keep
   * lines waiting for long after that. A request that was merely slow is sent again, which
   * idempotence makes harmless.
   */
  private static final String REQUEST_TIMEOUT_MILLIS = "5000";

  private static final String COMPRESSION = "compression.type";

  /** The client's own. */
  private static final String CLIENT_REQUEST_TIMEOUT_MILLIS = "30000";

  private ClientProperties() {}

  /**
   * For the producer.
   *
   * @param limits {@code max.message.bytes} of its topics, as far as known
   * @param patience how many times the usual time a request may take
   */
  static Map<String, Object> producer(
      SinkConfig config, long maxHeapBytes, LongSummaryStatistics limits, int patience) {
    Map<String, String> given = config.producer();
    Map<String, Object> properties = new HashMap<>();
    boolean idempotent = Idempotence.isPossible(given);
    properties.put("acks", "all");
    properties.put("enable.idempotence", String.valueOf(idempotent));
    long buffer = number(given, "buffer.memory", bufferBytes(maxHeapBytes));
    properties.put("buffer.memory", buffer);
    long batch = clamp(buffer / 32, MIN_BATCH_BYTES, MAX_BATCH_BYTES);
    properties.put("batch.size", (int) Math.min(batch, buffer / 4));
    properties.put("max.request.size", (int) maxRequestBytes(config, buffer, limits));
    properties.put(COMPRESSION, compression(config));
    if (!config.isExactlyOnce()) {
      // The producer keeps trying, in order and without repeats; giving up would cost both.
      properties.put("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    }
    properties.put("max.block.ms", CALL_TIMEOUT_MILLIS);
    properties.put(
        "request.timeout.ms", idempotent ? REQUEST_TIMEOUT_MILLIS : CLIENT_REQUEST_TIMEOUT_MILLIS);
    properties.put("client.id", "sluice-" + config.name());
    properties.putAll(given);
    allow(properties, given, patience, config.isExactlyOnce());
    properties.keySet().removeAll(List.of("key.serializer", "value.serializer"));
    properties.computeIfPresent(
        "batch.size", (key, size) -> least(size, Math.min(limits.getMin(), buffer / 2)));
    Object unverified = properties.remove("ssl.disableTLSHostnameVerification");
    if (unverified != null && "true".equalsIgnoreCase(unverified.toString())) {
      properties.put("ssl.endpoint.identification.algorithm", "");
    }
    GlobalTls.addTo(properties);
    properties.put("bootstrap.servers", config.servers());
    if (config.isExactlyOnce()) {
      properties.put("transactional.id", "sluice-" + config.deliveryId());
    }
    return properties;
  }

  /** What batches are compressed with; a log shrinks to a fraction, at little cost. */
  static String compression(SinkConfig config) {
    return config.producer().getOrDefault(COMPRESSION, "lz4");
  }

  private static long bufferBytes(long maxHeapBytes) {
    return clamp(maxHeapBytes / 8, MIN_BUFFER_BYTES, MAX_BUFFER_BYTES);
  }

  /**
   * More time for each request, and for what has to be longer than one. A {@code
   * delivery.timeout.ms} of the user's has to hold both lingering and a request, or the client does
   * not start.
   */
  private static void allow(
      Map<String, Object> properties, Map<String, String> given, int patience, boolean exact) {
    long usual = number(properties, "request.timeout.ms");
    long room = number(given, "delivery.timeout.ms", Long.MAX_VALUE) - usual;
    properties.putIfAbsent("linger.ms", String.valueOf(clamp(room, 0, LINGER_MILLIS)));
    long request = usual + clamp(room - number(properties, "linger.ms"), 0, usual * (patience - 1));
    if (patience > 1 && request > 0) {
      properties.put("request.timeout.ms", String.valueOf(request));
    }
    if (exact && patience > 1 && !given.containsKey("delivery.timeout.ms")) {
      properties.put("delivery.timeout.ms", String.valueOf(Math.max(120_000, request * 2)));
    }
    if (exact) {
      properties.putIfAbsent(
          "transaction.timeout.ms", String.valueOf(Math.max(60_000, request * 4)));
    }
  }

  /** A number among the properties; 0 if it is none, of which the client itself tells. */
  static long number(Map<String, Object> properties, String key) {
    return number(Map.of(key, String.valueOf(properties.get(key))), key, 0);
  }

  private static long number(Map<String, String> given, String key, long otherwise) {
    String text = given.getOrDefault(key, "").strip();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  /** For the short-lived clients, which wait for brokers as long as the producer does. */
  static Map<String, Object> auxiliary(SinkConfig config) {
    Map<String, Object> properties = new HashMap<>();
    producer(config, 0, new LongSummaryStatistics(), 1)
        .forEach(
            (key, value) -> {
              if (SharedSettings.include(key)) {
                properties.put(key, value);
              }
            });
    properties.put("bootstrap.servers", config.servers());
    String timeout = config.producer().getOrDefault("max.block.ms", CALL_TIMEOUT_MILLIS);
    properties.put("request.timeout.ms", timeout);
    properties.put("default.api.timeout.ms", timeout);
    return properties;
  }

  /**
   * The topics' limits decide, not the client's own. The client compares sizes before compression;
   * compressed, nearly everything might fit.
   */
  private static long maxRequestBytes(
      SinkConfig config, long bufferBytes, LongSummaryStatistics limits) {
    long largest = TopicLimits.compresses(config) ? bufferBytes : limits.getMax() + SPARE_BYTES;
    return Math.min(clamp(largest, DEFAULT_REQUEST_BYTES, bufferBytes), bufferBytes);
  }

  /** The client itself tells of a value that is no number. */
  private static Object least(Object batchSize, long limit) {
    String text = batchSize.toString();
    return text.matches("\\d{1,9}") ? (int) Math.min(Long.parseLong(text), limit) : batchSize;
  }

  private static long clamp(long value, long min, long max) {
    return Math.max(min, Math.min(max, value));
  }
}
