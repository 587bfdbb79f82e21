package io.sluice.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.BadMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Request line and headers, read by the letter of RFC 9112. Flume's Jetty 9.4.41 passes over much
 * of what is not allowed; a proxy that reads the same bytes another way then guards other requests
 * than are answered.
 *
 * <p>Stricter than the RFC in two ways: path parameters ({@code /send;x}) and the forms of a target
 * that only proxies need are refused, for nothing here has them.
 *
 * @param bodyBytes length of the body, or {@link #CHUNKED}
 */
record RequestHead(long bodyBytes) {
  static final long CHUNKED = -1;

  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
  private static final Pattern LINE =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/(\\d)\\.(\\d)");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)");
  private static final Pattern TARGET =
      Pattern.compile("(?:https?://([^/?#@]+))?(/[^?#;]*)(\\?[^#]*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  /**
   * Reads a head.
   *
   * @param text the bytes as ISO 8859-1, up to and without the empty line
   * @throws BadMessageException with the status to answer
   */
  static RequestHead parse(String text) {
    String[] lines = text.split("\r\n", -1);
    Matcher first = LINE.matcher(lines[0]);
    if (!first.matches()) {
      throw refused("the request line is not METHOD TARGET HTTP/1.1");
    }
    if (!first.group(3).equals("1")) {
      throw new BadMessageException(505, "only HTTP/1.1 is spoken here");
    }
    Matcher target = TARGET.matcher(first.group(2));
    if (!target.matches()) {
      throw refused("the target is not a path without parameters");
    }
    boolean old = first.group(4).equals("0");
    return new Fields(old, target.group(1)).read(lines);
  }

  private static BadMessageException refused(String reason) {
    return new BadMessageException(400, reason);
  }

  /** The fields that decide whom a request is for and where it ends. */
  private static final class Fields {
    private final boolean old;
    private final @Nullable String authority;
    private @Nullable String host;
    private @Nullable String length;
    private @Nullable String encoding;

    /**
     * @param old whether it is HTTP/1.0, which needs no Host and knows no chunks
     * @param authority host and port out of the target, if they are there
     */
    Fields(boolean old, @Nullable String authority) {
      this.old = old;
      this.authority = authority;
    }

    RequestHead read(String[] lines) {
      for (int i = 1; i < lines.length; i++) {
        Matcher field = FIELD.matcher(lines[i]);
        if (!field.matches()) {
          throw refused("a line of the headers is not NAME: VALUE");
        }
        String value = field.group(2).stripTrailing();
        switch (field.group(1).toLowerCase(Locale.ROOT)) {
          case "host" -> host = once(host, value);
          case "content-length" -> length = once(length, value);
          case "transfer-encoding" -> encoding = once(encoding, value);
          default -> {}
        }
      }
      if (host == null ? !old : authority != null && !authority.equalsIgnoreCase(host)) {
        throw refused("there is no Host, or it is another than in the target");
      }
      return new RequestHead(bodyBytes());
    }

    private static String once(@Nullable String before, String value) {
      if (before != null) {
        throw refused("Host, Content-Length or Transfer-Encoding is given twice");
      }
      return value;
    }

    private long bodyBytes() {
      if (encoding != null) {
        if (old || length != null || !encoding.equalsIgnoreCase("chunked")) {
          throw refused("Transfer-Encoding is not chunked alone, in HTTP/1.1");
        }
        return CHUNKED;
      }
      if (length != null && !LENGTH.matcher(length).matches()) {
        throw refused("Content-Length is not a number of bytes");
      }
      return length == null ? 0 : Long.parseLong(length);
    }
  }
}
