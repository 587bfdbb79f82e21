package io.sluice.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Says of a failed request its status and nothing else: no stack, no echo of what was sent. */
final class PlainErrors extends ErrorHandler {
  PlainErrors() {
    setShowStacks(false);
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response) {
    base.setHandled(true);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
    fields.put("Content-Type", Answer.TEXT);
    fields.put("Connection", "close");
    return ByteBuffer.wrap(
        (status + " " + HttpStatus.getMessage(status) + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
