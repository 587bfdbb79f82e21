package io.sluice.gateway;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.http.HttpConfig;
import io.sluice.http.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A gateway's configuration, checked. Immutable. */
record GatewayConfig(
    String name,
    HttpConfig http,
    Ack ack,
    Duration ackTimeout,
    int maxBodyBytes,
    Limits limits,
    Optional<Integer> maxRequestsPerSecond,
    boolean allowGet,
    ReceiveConfig receive) {

  /** Beside the longest wait for Kafka, for an answer to be written and read. */
  private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(30);

  /** What the gateway's promises rest on. */
  private static final List<String> OWN_PROPERTIES =
      List.of(
          "bootstrap.servers",
          "group.id",
          "group.protocol",
          "enable.auto.commit",
          "max.poll.records",
          "key.deserializer",
          "value.deserializer");

  /** Reads the source's context; what is wrong with it is in {@code problems} afterwards. */
  static GatewayConfig parse(String name, Map<String, String> given, Problems problems) {
    Values values = GatewaySettings.ALL.parse(given, problems);
    Duration ackTimeout = values.get(GatewaySettings.ACK_TIMEOUT);
    ReceiveConfig receive = receive(name, values, problems);
    Duration longest =
        ackTimeout.compareTo(receive.maxTimeout()) > 0 ? ackTimeout : receive.maxTimeout();
    return new GatewayConfig(
        name,
        HttpConfig.parse(
            "",
            "bind",
            values.get(GatewaySettings.BIND),
            values.get(GatewaySettings.PORT),
            values,
            problems),
        values.get(GatewaySettings.ACK),
        ackTimeout,
        values.get(GatewaySettings.MAX_BODY_BYTES),
        new Limits(
            values.get(GatewaySettings.MAX_CONNECTIONS),
            values.get(GatewaySettings.MAX_HEADER_BYTES),
            values.get(GatewaySettings.REQUEST_TIMEOUT),
            longest.plus(FOR_THE_ANSWER)),
        values.find(GatewaySettings.MAX_REQUESTS),
        values.get(GatewaySettings.ALLOW_GET),
        receive);
  }

  /** For the log: what the gateway is told to do, without secrets. */
  @Override
  public String toString() {
    String taking =
        receive.topics().isEmpty()
            ? "no receiving"
            : "receiving from " + String.join(", ", new TreeSet<>(receive.topics()));
    return "source '%s': %s on %s, ack = %s, %s, %s"
        .formatted(
            name,
            http.tls().isPresent() ? "HTTPS" : "HTTP",
            http.host(),
            ack == Ack.KAFKA ? "kafka" : "channel",
            http.token().isPresent() ? "with a token" : "without a token",
            taking);
  }

  private static ReceiveConfig receive(String name, Values values, Problems problems) {
    List<String> topics = values.get(GatewaySettings.RECEIVE_TOPICS);
    String servers = values.find(GatewaySettings.SERVERS).orElse("");
    Duration timeout = values.get(GatewaySettings.RECEIVE_TIMEOUT);
    Duration maxTimeout = values.get(GatewaySettings.RECEIVE_MAX_TIMEOUT);
    Map<String, String> consumer = values.under(GatewaySettings.CONSUMER);
    if (!topics.isEmpty() && servers.isEmpty()) {
      problems.error("kafka.bootstrap.servers is missing: receive.topics needs brokers to ask.");
    }
    if (topics.isEmpty() && !(servers.isEmpty() && consumer.isEmpty())) {
      problems.warn("kafka.* is not used: receive.topics names no topic.");
    }
    if (timeout.compareTo(maxTimeout) > 0) {
      problems.error(
          "receive.timeoutMillis = \"%d\" is more than receive.maxTimeoutMillis (%d)."
              .formatted(timeout.toMillis(), maxTimeout.toMillis()));
    }
    for (String own : OWN_PROPERTIES) {
      if (consumer.containsKey(own)) {
        problems.error(
            "kafka.consumer.%s is set by the gateway itself and cannot be given.".formatted(own));
      }
    }
    return new ReceiveConfig(
        Set.copyOf(topics),
        values.find(GatewaySettings.RECEIVE_GROUP).orElse("sluice-gateway-" + name),
        timeout,
        maxTimeout,
        servers,
        consumer);
  }
}
