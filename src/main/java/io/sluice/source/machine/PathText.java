package io.sluice.source.machine;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Paths as text and back, the same under any locale. A name is bytes; Java's own conversion depends
 * on the locale that the process was started in, and loses what that does not know. Only URIs carry
 * the bytes.
 */
public final class PathText {
  private static final String SCHEME = "file:";
  private static final String PLAIN = "/._-~";

  private PathText() {}

  /** The path, if its bytes are UTF-8, else its URI. */
  public static String of(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return text;
    }
    String uri = path.toUri().toString();
    try {
      byte[] bytes = decode(path.toUri().getRawPath());
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return uri;
    }
  }

  /** What {@link #of} was given. A text that no path has becomes the root, which is no file. */
  public static Path path(String text) {
    try {
      if (text.startsWith(SCHEME)) {
        return Path.of(URI.create(text));
      }
      return isAscii(text) ? Path.of(text) : Path.of(URI.create(SCHEME + encode(text)));
    } catch (IllegalArgumentException e) {
      return Path.of("/");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '\u007f') {
        return false;
      }
    }
    return true;
  }

  private static byte[] decode(String rawPath) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < rawPath.length(); i++) {
      if (rawPath.charAt(i) == '%') {
        bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(rawPath.charAt(i));
      }
    }
    byte[] all = bytes.toByteArray();
    boolean folder = all.length > 1 && all[all.length - 1] == '/'; // as URIs of folders end
    return folder ? Arrays.copyOf(all, all.length - 1) : all;
  }

  private static String encode(String text) {
    var encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (one >= '0' && one <= '9')
              || (one >= 'a' && one <= 'z')
              || (one >= 'A' && one <= 'Z')
              || PLAIN.indexOf(one) >= 0;
      encoded.append(
          plain ? String.valueOf((char) one) : String.format(Locale.ROOT, "%%%02X", one));
    }
    return encoded.toString();
  }
}
