package io.sluice.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.servlet.http.HttpServletResponse;

/** What is sent back for one request. Immutable. */
final class Answer {
  static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /**
   * @param body owned by the answer from now on
   */
  static Answer ok(String contentType, byte[] body) {
    return new Answer(200, contentType, body, Map.of());
  }

  static Answer json(int status, String body) {
    return new Answer(status, JSON, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer text(int status, String sentence) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new Answer(status, TEXT, body, Map.of());
  }

  Answer with(String header, String value) {
    return new Answer(status, contentType, body, Map.of(header, value));
  }

  /** The body as text; for tests. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  void sendTo(HttpServletResponse response, boolean withBody) throws IOException {
    headers.forEach(response::setHeader);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    if (withBody) {
      response.getOutputStream().write(body);
    }
  }
}
