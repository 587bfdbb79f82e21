package io.sluice.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.BadMessageException;

/**
 * Follows the bytes of a connection from request to request, and refuses what RFC 9112 does not
 * allow before Jetty's parser sees it. Keeps one head at a time, and no body.
 *
 * <p>Fed by one thread at a time; how far it is may be asked by any.
 */
final class RequestFraming {
  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  /** Extensions are passed over; those with quotes, which nobody needs, are read in many ways. */
  private static final Pattern CHUNK_SIZE =
      Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;[\\t\\x20\\x21\\x23-\\x7e\\x80-\\xff]*)?");

  private static final Pattern TRAILER =
      Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+:[\\t\\x20-\\x7e\\x80-\\xff]*");

  private final int mostHeadBytes;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private State state = State.HEAD;
  private long left;
  private int lineLength;
  private boolean firstLine = true;
  private boolean carriageReturn;
  private long count;
  private volatile long completed;
  private volatile boolean between = true;

  /**
   * @param mostHeadBytes a longer head is refused
   */
  RequestFraming(int mostHeadBytes) {
    this.mostHeadBytes = mostHeadBytes;
  }

  /** How many requests have arrived to their last byte. */
  long completed() {
    return completed;
  }

  /** Whether no byte of the next request has arrived. */
  boolean isBetween() {
    return between;
  }

  /**
   * Takes the bytes from {@code from} to the buffer's limit.
   *
   * @throws BadMessageException with the status to answer
   */
  void accept(ByteBuffer buffer, int from) {
    int i = from;
    while (i < buffer.limit()) {
      if (state == State.BODY || state == State.CHUNK) {
        int some = (int) Math.min(left, buffer.limit() - i);
        i += some;
        left -= some;
        if (left == 0) {
          endBody();
        }
      } else {
        accept(buffer.get(i));
        i++;
      }
    }
  }

  private void endBody() {
    if (state == State.CHUNK) {
      state = State.CHUNK_END;
    } else {
      complete();
    }
  }

  private void complete() {
    state = State.HEAD;
    count++;
    completed = count;
    between = true;
  }

  /** A byte of a line: all of head, chunk sizes and trailers are lines that end in CR LF. */
  private void accept(byte next) {
    if (carriageReturn != (next == '\n')) {
      throw new BadMessageException(400, "a line does not end in CR LF");
    }
    if (next == '\r') {
      carriageReturn = true;
    } else if (next == '\n') {
      carriageReturn = false;
      endLine();
      lineLength = 0;
    } else {
      between = false;
      lineLength++;
      add(next);
    }
  }

  private void add(int next) {
    if (text.size() == mostHeadBytes) {
      throw new BadMessageException(firstLine ? 414 : 431, "the URL or the headers are too long");
    }
    text.write(next);
  }

  private void endLine() {
    if (state == State.HEAD) {
      endHeadLine();
    } else {
      String line = text.toString(StandardCharsets.ISO_8859_1);
      text.reset();
      switch (state) {
        case CHUNK_SIZE -> beginChunk(line);
        case CHUNK_END -> endChunk(line);
        default -> endTrailer(line);
      }
    }
  }

  /** Empty lines before a request are passed over, as the RFC has it. */
  private void endHeadLine() {
    if (lineLength > 0) {
      firstLine = false;
      add('\r');
      add('\n');
    } else if (!firstLine) {
      String head = text.toString(StandardCharsets.ISO_8859_1);
      text.reset();
      firstLine = true;
      begin(RequestHead.parse(head.substring(0, head.length() - 2)));
    }
  }

  private void begin(RequestHead head) {
    left = head.bodyBytes();
    if (left == RequestHead.CHUNKED) {
      state = State.CHUNK_SIZE;
    } else if (left > 0) {
      state = State.BODY;
    } else {
      complete();
    }
  }

  private void beginChunk(String line) {
    var size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw new BadMessageException(400, "a chunk has no size");
    }
    left = Long.parseLong(size.group(1), 16);
    state = left == 0 ? State.TRAILER : State.CHUNK;
  }

  private void endChunk(String line) {
    if (!line.isEmpty()) {
      throw new BadMessageException(400, "a chunk is longer than it says");
    }
    state = State.CHUNK_SIZE;
  }

  private void endTrailer(String line) {
    if (line.isEmpty()) {
      complete();
    } else if (!TRAILER.matcher(line).matches()) {
      throw new BadMessageException(400, "a line of the trailers is not NAME: VALUE");
    }
  }
}
