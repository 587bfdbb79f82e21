package io.sluice.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.util.BufferUtil;

/** Jetty's parser, behind {@link RequestFraming}: it sees no byte that was not looked at before. */
final class StrictParser extends HttpParser {
  private final RequestFraming framing;

  /** How many of the buffer's bytes, from its position on, were looked at by an earlier call. */
  private int known;

  StrictParser(RequestHandler handler, int maxHeaderBytes) {
    super(handler, maxHeaderBytes, HttpCompliance.RFC7230);
    this.framing = new RequestFraming(maxHeaderBytes);
  }

  RequestFraming framing() {
    return framing;
  }

  @Override
  public boolean parseNext(ByteBuffer buffer) {
    try {
      framing.accept(buffer, Math.min(buffer.position() + known, buffer.limit()));
    } catch (BadMessageException e) {
      BufferUtil.clear(buffer);
      badMessage(e);
      return false;
    }
    boolean result = super.parseNext(buffer);
    known = buffer.remaining();
    return result;
  }
}
