package io.sluice.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sluice.http.Response;

/** The gateway's answers, whose JSON ends with a line feed. */
final class Responses {
  private static final String BYTES = "application/octet-stream";

  private Responses() {}

  static Response live() {
    return json(200, "{\"live\":true}");
  }

  static Response accepted(int messages) {
    return json(200, "{\"accepted\":" + messages + "}");
  }

  /** Kafka has some of the messages; the others are dropped, and would be again. */
  static Response dropped(int accepted, int dropped) {
    String text =
        "{\"error\":\"the rules drop %d of the messages; do not send them"
            + " again\",\"accepted\":%d,\"dropped\":%d}";
    return json(422, text.formatted(dropped, accepted, dropped));
  }

  /** A message taken off a topic; the headers tell where it stood. */
  static Response message(Message message, String topic) {
    byte[] value = message.value();
    return Response.ok(Messages.isUtf8(value) ? Response.TEXT : BYTES, value)
        .with("Sluice-Topic", topic)
        .with("Sluice-Partition", Integer.toString(message.partition()))
        .with("Sluice-Offset", Long.toString(message.offset()));
  }

  static Response error(int status, String error) {
    String quoted = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(error));
    return json(status, "{\"error\":\"" + quoted + "\"}");
  }

  /** Trouble that passes: the same request may work in a second. */
  static Response tryAgain(int status, String error) {
    return error(status, error).with("Retry-After", "1");
  }

  private static Response json(int status, String text) {
    return Response.json(status, text + "\n");
  }
}
