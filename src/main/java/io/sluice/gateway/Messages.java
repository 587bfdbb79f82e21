package io.sluice.gateway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of a request: bytes in UTF-8, none of them empty, each one line. */
final class Messages {
  private static final Set<String> LINES = Set.of("text/plain", "application/x-ndjson");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> PARAMETERS = Set.of("msg");

  private static final int SOME_CHARS = 1_024;

  private Messages() {}

  /**
   * Those of a URL's {@code msg} parameters.
   *
   * @param most most messages that the channel takes at once
   */
  static List<byte[]> inQuery(@Nullable String query, int most) throws RejectedRequest {
    return query == null
        ? List.of()
        : inForm(query.getBytes(StandardCharsets.ISO_8859_1), query.length(), most);
  }

  /** Those of a body: its lines, or the {@code msg} parameters of a form. */
  static List<byte[]> inBody(byte[] body, @Nullable String contentType, int most)
      throws RejectedRequest {
    if (body.length == 0) {
      return List.of();
    }
    String type = mediaType(contentType);
    if (type.equals(FORM)) {
      int end = body.length;
      while (end > 0 && Character.isWhitespace(body[end - 1])) {
        end--;
      }
      return inForm(body, end, most);
    }
    if (!LINES.contains(type)) {
      throw new RejectedRequest(415, "send lines as text/plain in UTF-8, or a form with msg");
    }
    if (!isUtf8(body)) {
      throw new RejectedRequest(400, "the body is not UTF-8");
    }
    return lines(body, most);
  }

  private static List<byte[]> inForm(byte[] form, int end, int most) throws RejectedRequest {
    List<byte[]> messages = Query.parse(form, end, PARAMETERS, most).all("msg");
    for (byte[] message : messages) {
      if (!isLine(message)) {
        throw new RejectedRequest(400, "msg is empty or has a line break; a message is one line");
      }
    }
    return messages;
  }

  private static boolean isLine(byte[] message) {
    for (byte next : message) {
      if (next == '\n' || next == '\r') {
        return false;
      }
    }
    return message.length > 0;
  }

  private static String mediaType(@Nullable String contentType) throws RejectedRequest {
    if (contentType == null) {
      return "text/plain";
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.matches("charset=(utf-?8|us-ascii)")) {
        throw new RejectedRequest(415, "only UTF-8 is understood");
      }
    }
    return parts[0].strip();
  }

  /** Empty lines are no messages. */
  private static List<byte[]> lines(byte[] body, int most) throws RejectedRequest {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
        if (end > start) {
          if (lines.size() == most) {
            throw tooMany(most);
          }
          lines.add(Arrays.copyOfRange(body, start, end));
        }
        start = i + 1;
      }
    }
    return lines;
  }

  static RejectedRequest tooMany(int most) {
    return new RejectedRequest(413, "more than " + most + " messages in one request");
  }

  /** In little memory, however long they are. */
  static boolean isUtf8(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer some = CharBuffer.allocate(SOME_CHARS);
    CoderResult result = decoder.decode(in, some, true);
    while (result.isOverflow()) {
      some.clear();
      result = decoder.decode(in, some, true);
    }
    return result.isUnderflow();
  }
}
