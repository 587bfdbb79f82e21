package io.sluice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.http.HttpServletResponse;

/** What is sent back for one request. Immutable. */
public final class Response {
  /** Text in UTF-8. */
  public static final String TEXT = "text/plain;charset=utf-8";

  private static final String JSON = "application/json";

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /**
   * @param body owned by the answer from now on
   */
  public static Response ok(String contentType, byte[] body) {
    return new Response(200, contentType, body, Map.of());
  }

  /** A JSON text as it is. */
  public static Response json(int status, String body) {
    return new Response(status, JSON, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A sentence for people, and the end of its line. */
  public static Response text(int status, String sentence) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new Response(status, TEXT, body, Map.of());
  }

  /** 204, without a body. */
  public static Response nothing() {
    return new Response(204, "", new byte[0], Map.of());
  }

  /** The same with one more header. */
  public Response with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, body, Map.copyOf(more));
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
