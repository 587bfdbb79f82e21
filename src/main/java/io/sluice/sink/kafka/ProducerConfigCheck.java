package io.sluice.sink.kafka;

import io.sluice.config.EditDistance;
import io.sluice.config.Problems;
import io.sluice.sink.ClientCheck;
import io.sluice.sink.SinkConfig;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Builds the client's own configuration once, so that a property that can never work is a problem
 * of the configuration and not of the network. Named and loaded by {@link SinkConfig}'s reader.
 */
public final class ProducerConfigCheck implements ClientCheck {
  private static final String PREFIX = "kafka.producer.";

  /** How the client begins; value and key are named by us. */
  private static final Pattern BEGINNING =
      Pattern.compile("Invalid value .* for configuration [^ :]+(: )?", Pattern.DOTALL);

  /** Of Flume's own sink, which knows it beside the client's. */
  private static final String FLUMES = "ssl.disableTLSHostnameVerification";

  @Override
  public void check(SinkConfig config, Problems problems) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ProducerConfigCheck.class.getClassLoader());
    try {
      config.producer().keySet().forEach(key -> checkName(key, problems));
      Map<String, Object> properties = properties(config);
      boolean sound = problems.errors().stream().noneMatch(error -> error.contains(PREFIX));
      if (checkValues(properties, config.producer(), problems) && sound) {
        build(properties, config.producer(), problems);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void checkName(String key, Problems problems) {
    if (ProducerConfig.configNames().contains(key)
        || key.equals(FLUMES)
        || key.startsWith("config.providers.")) {
      return;
    }
    String hint =
        EditDistance.nearest(key, ProducerConfig.configNames())
            .map(nearest -> "the nearest is " + PREFIX + nearest)
            .orElse("only a class of yours could read it");
    problems.warn("%s%s is not a setting of the Kafka producer; %s.".formatted(PREFIX, key, hint));
  }

  private static Map<String, Object> properties(SinkConfig config) {
    Map<String, Object> properties =
        ClientProperties.producer(
            config, Runtime.getRuntime().maxMemory(), new LongSummaryStatistics(), 1);
    if (config.servers().isEmpty()) { // which is reported already
      properties.put("bootstrap.servers", "localhost:9092");
    }
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    return properties;
  }

  /** Each value by itself, so that all problems are found at once. */
  private static boolean checkValues(
      Map<String, Object> properties, Map<String, String> given, Problems problems) {
    Map<String, String> texts = new HashMap<>();
    properties.forEach((key, value) -> texts.put(key, value.toString()));
    boolean valid = true;
    for (ConfigValue value : ProducerConfig.configDef().validate(texts)) {
      String text = texts.getOrDefault(value.name(), "");
      if (!value.errorMessages().isEmpty()) {
        valid = false;
        if (!text.contains("${")) { // which the client fills in
          problems.error(refusal(value.name(), text, value.errorMessages().get(0)));
        }
      }
    }
    return valid && given.values().stream().noneMatch(value -> value.contains("${"));
  }

  private static String refusal(String key, String value, String message) {
    String reason = BEGINNING.matcher(message).replaceFirst("").replaceFirst("\\.$", "");
    return "%s%s = \"%s\" is refused by the Kafka client%s."
        .formatted(PREFIX, key, value, reason.isBlank() ? "" : ": " + reason);
  }

  /** Values that do not go together. */
  private static void build(
      Map<String, Object> properties, Map<String, String> given, Problems problems) {
    try {
      var client = new ProducerConfig(properties);
      checkDeliveryTimeout(client, given, problems);
      SecurityCheck.check(client, problems);
      CodecCheck.check(client, problems);
    } catch (ConfigException e) {
      String message = String.valueOf(e.getMessage());
      String subject =
          given.entrySet().stream()
              .filter(each -> message.contains(each.getKey()))
              .findFirst()
              .map(each -> "%s%s = \"%s\"".formatted(PREFIX, each.getKey(), each.getValue()))
              .orElse(PREFIX + "*");
      problems.error("%s is refused by the Kafka client: %s".formatted(subject, message));
    }
  }

  /** The client's own check of this is in the producer's constructor. */
  private static void checkDeliveryTimeout(
      ProducerConfig client, Map<String, String> given, Problems problems) {
    int delivery = client.getInt("delivery.timeout.ms");
    int request = client.getInt("request.timeout.ms");
    long linger = client.getLong("linger.ms");
    if (given.containsKey("delivery.timeout.ms") && delivery < linger + request) {
      problems.error(
          "%sdelivery.timeout.ms = \"%d\" is less than linger.ms (%d) and request.timeout.ms (%d) together."
              .formatted(PREFIX, delivery, linger, request));
    }
  }
}
