package io.sluice.gateway;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import java.time.Duration;
import java.util.List;

/** Every key of the gateway. */
final class GatewaySettings {
  static final Setting<String> BIND =
      Setting.string("bind")
          .defaultsTo("127.0.0.1")
          .doc(
              "Address to listen on. Beyond this machine, give a `token` and put something that"
                  + " speaks TLS before it.");
  static final Setting<Integer> PORT =
      Setting.integer("port")
          .between(0, 65_535)
          .defaultsTo(8080)
          .doc("Port to listen on; 0 for any free one, which the log tells.");
  static final Setting<Ack> ACK =
      Setting.choice("ack", Ack.class)
          .defaultsTo(Ack.CHANNEL)
          .doc(
              "When `/send` answers 200: when the channel has taken the messages, or when Kafka has"
                  + " them. The second needs one memory channel that only RoutingKafkaSinks drain.");
  static final Setting<Duration> ACK_TIMEOUT =
      Setting.millis("ackTimeoutMillis")
          .between(1, 300_000)
          .defaultsTo(Duration.ofSeconds(10))
          .unit("milliseconds")
          .doc("With `ack = kafka`: longest wait for Kafka before the answer is 503.");
  static final Setting<Integer> MAX_BODY_BYTES =
      Setting.integer("maxBodyBytes")
          .between(1, 64 << 20)
          .defaultsTo(256 << 10)
          .unit("bytes")
          .doc(
              "Longest body of a request; more is answered 413. Keep it below `max.message.bytes` of"
                  + " the topics.");
  static final Setting<Integer> MAX_HEADER_BYTES =
      Setting.integer("maxHeaderBytes")
          .between(1_024, 1 << 20)
          .defaultsTo(8 << 10)
          .unit("bytes")
          .doc("Longest URL and headers of a request; more is answered 414 or 431.");
  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.integer("maxConnections")
          .between(1, 10_000)
          .defaultsTo(100)
          .unit("connections")
          .doc("Most clients at once; more wait until one has gone. Each may cost a thread.");
  static final Setting<Integer> MAX_REQUESTS =
      Setting.integer("maxRequestsPerSecond")
          .between(1, 1_000_000)
          .unit("requests")
          .doc("More than that, from all clients together, is answered 429. No bound without it.");
  static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.millis("requestTimeoutMillis")
          .between(100, 600_000)
          .defaultsTo(Duration.ofSeconds(10))
          .unit("milliseconds")
          .doc(
              "Longest time for a request to arrive whole, and for a connection to be idle; after"
                  + " that it is closed.");
  static final Setting<String> TOKEN =
      Setting.string("token")
          .doc("Secret that each request has to bring as `Authorization: Bearer`.");
  static final Setting<String> TOKEN_FILE =
      Setting.string("tokenFile").doc("File with that secret, instead of `token`.");
  static final Setting<List<String>> RECEIVE_TOPICS =
      Setting.list("receive.topics")
          .defaultsTo(List.of())
          .doc("Topics that `/receiver` may take messages off. Without any it is switched off.");
  static final Setting<String> RECEIVE_GROUP =
      Setting.string("receive.group")
          .doc(
              "Consumer group of `/receiver`; without it `sluice-gateway-` and the source's name."
                  + " Gateways with the same group share the messages.");
  static final Setting<Duration> RECEIVE_TIMEOUT =
      Setting.millis("receive.timeoutMillis")
          .between(0, 300_000)
          .defaultsTo(Duration.ofSeconds(1))
          .unit("milliseconds")
          .doc("How long `/receiver` waits for a message if the request does not say.");
  static final Setting<Duration> RECEIVE_MAX_TIMEOUT =
      Setting.millis("receive.maxTimeoutMillis")
          .between(0, 300_000)
          .defaultsTo(Duration.ofSeconds(30))
          .unit("milliseconds")
          .doc("Longest wait that a request may ask for with `timeout`.");
  static final Setting<String> SERVERS =
      Setting.string("kafka.bootstrap.servers")
          .doc("Brokers to ask first, as host:port, separated by commas; for `/receiver` alone.");
  static final Setting<String> CONSUMER =
      Setting.prefix("kafka.consumer.")
          .doc(
              "Passed to the Kafka consumer. Where nothing is given: from the beginning of the topic,"
                  + " and committed messages only.");

  static final Settings ALL =
      Settings.of(
              "GatewaySource",
              BIND,
              PORT,
              ACK,
              ACK_TIMEOUT,
              MAX_BODY_BYTES,
              MAX_HEADER_BYTES,
              MAX_CONNECTIONS,
              MAX_REQUESTS,
              REQUEST_TIMEOUT,
              TOKEN,
              TOKEN_FILE,
              RECEIVE_TOPICS,
              RECEIVE_GROUP,
              RECEIVE_TIMEOUT,
              RECEIVE_MAX_TIMEOUT,
              SERVERS,
              CONSUMER)
          .beside("type", "channels", "selector", "interceptors");

  private GatewaySettings() {}
}
