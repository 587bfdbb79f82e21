package io.sluice.streams;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.delivery.Guarantee;
import io.sluice.logging.ValidatorLog;
import io.sluice.validate.Validator;
import io.sluice.validate.ValidatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** Every key of the application, and how they make a {@link StreamsConfiguration}. */
final class StreamsSettings {
  static final Setting<String> SERVERS =
      Setting.string("kafka.bootstrap.servers")
          .required()
          .doc("Brokers to ask first, as host:port, separated by commas.");
  static final Setting<String> APPLICATION_ID =
      Setting.of("applicationId", "letters, digits, '.', '_' and '-'", StreamsSettings::id)
          .defaultsTo("sluice-validator")
          .doc(
              "Names the application in the cluster: its consumer group, and the beginning of its"
                  + " transactional ids. Instances with the same name share the work.");
  static final Setting<String> RAW =
      topic("topics.raw").defaultsTo("raw-messages").doc("Topic that is read.");
  static final Setting<String> VALID =
      topic("topics.valid").defaultsTo("valid-messages").doc("Topic for records found valid.");
  static final Setting<String> INVALID =
      topic("topics.invalid")
          .defaultsTo("invalid-messages")
          .doc("Topic for records found invalid, with the reason in their headers.");
  static final Setting<Guarantee> GUARANTEE =
      Setting.choice("guarantee", Guarantee.class)
          .defaultsTo(Guarantee.EXACTLY_ONCE)
          .doc(
              "What a crash may cost: nothing (Kafka Streams' `exactly_once_v2`), or repeats of"
                  + " the last moment.");
  static final Setting<Integer> THREADS =
      Setting.integer("threads")
          .between(1, 1_000)
          .defaultsTo(1)
          .unit("threads")
          .doc(
              "Threads of this instance. Threads beyond the raw topic's partitions, counted over"
                  + " all instances, stay idle.");
  static final Setting<String> STREAMS =
      Setting.prefix("kafka.streams.")
          .doc(
              "Passed to Kafka Streams and its clients, as in"
                  + " `kafka.streams.security.protocol` or"
                  + " `kafka.streams.consumer.session.timeout.ms`.");

  static final Setting<String> CONSOLE =
      Setting.prefix("console.")
          .doc(
              "Keys of [the console](reference.md#console), as in `console.port = 41415`: metrics for"
                  + " Prometheus and health probes. Without any there is none. It needs Flume's"
                  + " libraries: Sluice in `plugins.d` of a Flume, or `FLUME_HOME`.");

  static final Settings ALL =
      Settings.of(
              "Kafka Streams application",
              SERVERS,
              APPLICATION_ID,
              RAW,
              VALID,
              INVALID,
              GUARANTEE,
              THREADS,
              STREAMS,
              CONSOLE)
          .and(ValidatorSettings.SETTINGS);

  /** What has a separate key, and what would break the application's promise. */
  private static final Map<String, String> TAKEN =
      Map.of(
          "bootstrap.servers", "write kafka.bootstrap.servers instead",
          "application.id", "write applicationId instead",
          "processing.guarantee", "write guarantee instead",
          "num.stream.threads", "write threads instead",
          "default.key.serde", "records are bytes and stay as they are",
          "default.value.serde", "records are bytes and stay as they are",
          "default.timestamp.extractor", "records keep their time",
          "state.dir", "the application keeps no state");

  private StreamsSettings() {}

  /**
   * Reads {@code given}; what is wrong with it is in {@code problems} afterwards.
   *
   * @return empty if there is no validator for all that is wrong
   */
  static Optional<StreamsConfiguration> parse(
      Map<String, String> given, Problems problems, Logger log) {
    Values values = ALL.parse(given, problems);
    Optional<Validator> validator =
        Validator.create(given, values, problems, new ValidatorLog(log, problems.component()));
    String raw = values.get(RAW);
    for (Setting<String> output : List.of(VALID, INVALID)) {
      if (values.get(output).equals(raw)) {
        problems.error(
            "%s = \"%s\" is topics.raw too: the application would read what it writes, forever."
                .formatted(output.key(), raw));
      }
    }
    values
        .under(STREAMS)
        .keySet()
        .forEach(
            key -> {
              String instead = TAKEN.get(key);
              if (instead != null) {
                problems.error("kafka.streams.%s is not taken: %s.".formatted(key, instead));
              }
            });
    return validator.map(
        rules ->
            new StreamsConfiguration(
                values.find(SERVERS).orElse(""),
                values.get(APPLICATION_ID),
                raw,
                values.get(VALID),
                values.get(INVALID),
                values.get(GUARANTEE) == Guarantee.EXACTLY_ONCE,
                values.get(THREADS),
                values.under(STREAMS),
                rules));
  }

  private static Setting<String> topic(String key) {
    return Setting.of(
        key, "the name of a topic: letters, digits, '.', '_' and '-'", StreamsSettings::id);
  }

  private static String id(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,249}")) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
