package io.sluice.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * Errors that Jetty answers itself, such as for a request that is no HTTP: one JSON object, without
 * anything of the request and without a stack trace.
 */
final class PlainErrors extends ErrorHandler {
  private static final String JSON = "application/json";

  @Override
  public void doError(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    response.setContentType(JSON);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(body(response.getStatus()));
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, JSON));
    fields.put(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));
    return ByteBuffer.wrap(body(status));
  }

  private static byte[] body(int status) {
    String text = "{\"error\":\"" + HttpStatus.getMessage(status) + "\"}\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
