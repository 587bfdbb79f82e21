package io.sluice.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

  private Messages() {}

  /**
   * Those of a URL's {@code msg} parameters.
   *
   * @param most most messages that the channel takes at once
   */
  static List<byte[]> inQuery(@Nullable String query, int most) throws Refused {
    var messages = new ArrayList<byte[]>();
    for (String text : Query.parse(query, PARAMETERS, most).all("msg")) {
      if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
        throw new Refused(400, "msg is empty or has a line break; a message is one line");
      }
      messages.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return messages;
  }

  /** Those of a body: its lines, or the {@code msg} parameters of a form. */
  static List<byte[]> inBody(byte[] body, @Nullable String contentType, int most) throws Refused {
    if (body.length == 0) {
      return List.of();
    }
    String type = mediaType(contentType);
    if (type.equals(FORM)) {
      return inQuery(new String(body, StandardCharsets.ISO_8859_1).stripTrailing(), most);
    }
    if (!LINES.contains(type)) {
      throw new Refused(415, "send lines as text/plain in UTF-8, or a form with msg");
    }
    if (!isUtf8(body)) {
      throw new Refused(400, "the body is not UTF-8");
    }
    return lines(body, most);
  }

  private static String mediaType(@Nullable String contentType) throws Refused {
    if (contentType == null) {
      return "text/plain";
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.matches("charset=(utf-?8|us-ascii)")) {
        throw new Refused(415, "only UTF-8 is understood");
      }
    }
    return parts[0].strip();
  }

  /** Empty lines are no messages. */
  private static List<byte[]> lines(byte[] body, int most) throws Refused {
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

  static Refused tooMany(int most) {
    return new Refused(413, "more than " + most + " messages in one request");
  }

  static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static String utf8(byte[] bytes) throws Refused {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(400, "a parameter is not UTF-8");
    }
  }
}
