package io.sluice.source.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a line feed is written in a character set: how many bytes a unit has, and which of them holds
 * the line feed, the others being zero. Immutable.
 */
public record LineFeedEncoding(int unit, int place) {
  public static final LineFeedEncoding BYTE = new LineFeedEncoding(1, 0);

  /** Empty for character sets whose line feed is something else, such as EBCDIC's. */
  public static Optional<LineFeedEncoding> of(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_16)) {
      return Optional.of(new LineFeedEncoding(2, 1)); // Without a mark it is big-endian.
    }
    if (!charset.canEncode()) {
      return Optional.empty();
    }
    byte[] feed = "\n".getBytes(charset);
    for (int place = 0; place < feed.length; place++) {
      byte[] plain = new byte[feed.length];
      plain[place] = '\n';
      if (Arrays.equals(plain, feed) && (feed.length == 1 || feed.length % 2 == 0)) {
        return Optional.of(new LineFeedEncoding(feed.length, place));
      }
    }
    return Optional.empty();
  }

  /** Whether a unit that starts at {@code start} is a line feed, if its {@code place} is one. */
  public boolean isFeed(byte[] buffer, int start) {
    for (int i = 0; i < unit; i++) {
      if (i != place && buffer[start + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the text of a line ends whose bytes are {@code line[0..end)}: before CR and LF. */
  public int textEnd(byte[] line, int end) {
    int before = endsWith(line, end, '\n') ? end - unit : end;
    return endsWith(line, before, '\r') ? before - unit : before;
  }

  private boolean endsWith(byte[] line, int end, char character) {
    int start = end - unit;
    if (start < 0 || line[start + place] != character) {
      return false;
    }
    return isFeed(line, start);
  }
}
