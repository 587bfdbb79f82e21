package io.sluice.gateway;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.http.BearerToken;
import io.sluice.http.Limits;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A gateway's configuration, checked. Immutable. */
record GatewayConfig(
    String name,
    String bind,
    int port,
    Ack ack,
    Duration ackTimeout,
    int maxBodyBytes,
    Limits limits,
    Optional<Integer> maxRequestsPerSecond,
    Optional<BearerToken> token,
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
    Optional<BearerToken> token = token(values, problems);
    String bind = values.get(GatewaySettings.BIND);
    if (token.isEmpty() && !bind.matches("127\\..*|localhost|::1|\\[::1\\]")) {
      problems.warn(
          "bind = \"%s\" without token: whoever reaches this address can send and receive."
              .formatted(bind));
    }
    return new GatewayConfig(
        name,
        bind,
        values.get(GatewaySettings.PORT),
        values.get(GatewaySettings.ACK),
        ackTimeout,
        values.get(GatewaySettings.MAX_BODY_BYTES),
        new Limits(
            values.get(GatewaySettings.MAX_CONNECTIONS),
            values.get(GatewaySettings.MAX_HEADER_BYTES),
            values.get(GatewaySettings.REQUEST_TIMEOUT),
            longest.plus(FOR_THE_ANSWER)),
        values.find(GatewaySettings.MAX_REQUESTS),
        token,
        receive);
  }

  /** For the log: what the gateway is told to do, without secrets. */
  @Override
  public String toString() {
    String taking =
        receive.topics().isEmpty()
            ? "no receiving"
            : "receiving from " + String.join(", ", new TreeSet<>(receive.topics()));
    return "source '%s': HTTP on %s, ack = %s, %s, %s"
        .formatted(
            name,
            bind,
            ack == Ack.KAFKA ? "kafka" : "channel",
            token.isPresent() ? "with a token" : "without a token",
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

  /** Says what is wrong with a token without showing it. */
  private static Optional<BearerToken> token(Values values, Problems problems) {
    Optional<String> token = values.find(GatewaySettings.TOKEN);
    Optional<String> file = values.find(GatewaySettings.TOKEN_FILE);
    if (token.isPresent() && file.isPresent()) {
      problems.error("token and tokenFile are both given: one of them is enough.");
    }
    try {
      if (file.isPresent()) {
        return Optional.of(BearerToken.in(Path.of(file.get())));
      }
      return token.map(BearerToken::new);
    } catch (IOException | InvalidPathException e) {
      problems.error("tokenFile = \"%s\" cannot be read: %s.".formatted(file.orElse(""), e));
    } catch (IllegalArgumentException e) {
      String key = file.isPresent() ? "tokenFile = \"" + file.get() + "\"" : "token";
      problems.error("%s cannot be used: %s.".formatted(key, e.getMessage()));
    }
    return Optional.empty();
  }
}
