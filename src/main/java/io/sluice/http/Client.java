package io.sluice.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Who has sent a request and waits for its answer. For a request that was read to its end.
 *
 * <p>Used by the thread that handles the request.
 */
public final class Client {
  private static final int FEW_BYTES = 64;

  private final EndPoint connection;
  private final HttpServletResponse response;

  public Client(Request request) {
    this.connection = request.getHttpChannel().getEndPoint();
    this.response = request.getResponse();
  }

  /** Whether the client has closed the connection, as far as the network has told by now. */
  public boolean isGone() {
    ByteBuffer next = BufferUtil.allocate(FEW_BYTES);
    try {
      int read = connection.fill(next);
      if (read > 0) {
        // The next request's first bytes; a client repeats a request that it gets no answer to.
        response.setHeader("Connection", "close");
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
