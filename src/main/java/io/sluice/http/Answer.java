package io.sluice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.http.HttpServletResponse;

/** What is sent back for one request. Immutable. */
public final class Answer {
  /** Text in UTF-8. */
  public static final String TEXT = "text/plain;charset=utf-8";

  private static final String JSON = "application/json";

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
  public static Answer ok(String contentType, byte[] body) {
    return new Answer(200, contentType, body, Map.of());
  }

  /** A JSON text as it is. */
  public static Answer json(int status, String body) {
    return new Answer(status, JSON, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A sentence for people, and the end of its line. */
  public static Answer text(int status, String sentence) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new Answer(status, TEXT, body, Map.of());
  }

  /** 204, without a body. */
  public static Answer nothing() {
    return new Answer(204, "", new byte[0], Map.of());
  }

  /** The same with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, Map.copyOf(more));
  }

  public int status() {
    return status;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Writes it.
   *
   * @param withBody whether more than the headers is wanted
   */
  public void sendTo(HttpServletResponse response, boolean withBody) throws IOException {
    response.setStatus(status);
    headers.forEach(response::setHeader);
    if (!contentType.isEmpty()) {
      response.setContentType(contentType);
      response.setContentLength(body.length);
      if (withBody) {
        response.getOutputStream().write(body);
      }
    }
  }
}
