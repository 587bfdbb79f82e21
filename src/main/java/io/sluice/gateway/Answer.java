package io.sluice.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to a request, before it is written. */
final class Answer {
  private static final String JSON = "application/json";
  private static final Map<String, String> SOON = Map.of("Retry-After", "1");
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, String contentType, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.body = body;
  }

  static Answer accepted(int messages) {
    return json(200, Map.of(), "{\"accepted\":" + messages + "}");
  }

  /** Kafka has some of the messages; the others are dropped, and would be again. */
  static Answer dropped(int accepted, int dropped) {
    String text =
        "{\"error\":\"the rules drop %d of the messages; do not send them again\",\"accepted\":%d,\"dropped\":%d}";
    return json(422, Map.of(), text.formatted(dropped, accepted, dropped));
  }

  /** A message taken off a topic; the headers tell where it stood. */
  static Answer message(Message message, String topic) {
    byte[] value = message.value();
    Map<String, String> place =
        Map.of(
            "Sluice-Topic", topic,
            "Sluice-Partition", Integer.toString(message.partition()),
            "Sluice-Offset", Long.toString(message.offset()));
    String type = Messages.isUtf8(value) ? "text/plain;charset=utf-8" : "application/octet-stream";
    return new Answer(200, type, place, value);
  }

  static Answer none() {
    return new Answer(204, "", Map.of(), NOTHING);
  }

  static Answer error(int status, String error) {
    return error(status, Map.of(), error);
  }

  static Answer error(int status, Map<String, String> headers, String error) {
    String quoted = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(error));
    return json(status, headers, "{\"error\":\"" + quoted + "\"}");
  }

  /** Trouble that passes: the same request may work in a second. */
  static Answer tryAgain(int status, String error) {
    return error(status, SOON, error);
  }

  private static Answer json(int status, Map<String, String> headers, String text) {
    return new Answer(status, JSON, headers, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  int status() {
    return status;
  }

  /** Empty if there is no body. */
  String contentType() {
    return contentType;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** To be written, not to be changed. */
  byte[] body() {
    return body;
  }
}
