package io.sluice.gateway;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.http.HttpSettings;
import java.time.Duration;
import java.util.List;

/** Every key of the gateway. */
final class GatewaySettings {
  static final Setting<String> BIND =
      Setting.string("bind")
          .defaultsTo("127.0.0.1")
          .doc(
              "Address to listen on; 0.0.0.0 is all of them. Beyond this machine it needs"
                  + " `tls.certificateFile` and `tokenFile`.");
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
                  + " them. The second needs one memory channel that only RoutingKafkaSinks"
                  + " drain.");
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
              "Longest body of a request; more is answered 413. Keep it below `max.message.bytes`"
                  + " of the topics. All bodies together have an eighth of the heap, and no single"
                  + " one more.");
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
          .unit("requests")
          .doc(
              "Most requests that are answered at once, each with a thread; four times as many wait"
                  + " for their turn, and more are answered 503. An idle connection gives way when"
                  + " others come.");
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
                  + " that it is closed. A request that has arrived is always answered.");
  static final Setting<Boolean> ALLOW_GET =
      Setting.bool("allowGet")
          .defaultsTo(true)
          .doc(
              "Whether `/send` takes messages by `GET`; with false by `POST` only. A GET is what"
                  + " links and caches send without anybody's intent.");
  static final Setting<List<String>> RECEIVE_TOPICS =
      Setting.list("receive.topics")
          .defaultsTo(List.of())
          .doc("Topics that `/receiver` may take messages off. Without any it is switched off.");
  static final Setting<String> RECEIVE_GROUP =
      Setting.string("receive.group")
          .doc(
              "Consumer groups of `/receiver`, one for each topic: this name, a hyphen, and the"
                  + " topic. Without it `sluice-gateway-` and the source's name. Gateways with the"
                  + " same group share the messages.");
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
              "Passed to the Kafka consumer. Where nothing is given: from the beginning of the"
                  + " topic, and committed messages only.");

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
              ALLOW_GET,
              RECEIVE_TOPICS,
              RECEIVE_GROUP,
              RECEIVE_TIMEOUT,
              RECEIVE_MAX_TIMEOUT,
              SERVERS,
              CONSUMER)
          .and(HttpSettings.ALL)
          .beside("type", "channels", "selector", "interceptors");

  private GatewaySettings() {}
}
