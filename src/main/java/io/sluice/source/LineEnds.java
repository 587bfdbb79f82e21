package io.sluice.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a line feed is written in a character set: how many bytes a unit has, and which of them holds
 * the line feed, the others being zero. Immutable.
 */
record LineEnds(int unit, int place) {
  static final LineEnds BYTE = new LineEnds(1, 0);

  /** Empty for character sets whose line feed is something else, such as EBCDIC's. */
  static Optional<LineEnds> of(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_16)) {
      return Optional.of(new LineEnds(2, 1)); // Without a mark it is big-endian.
    }
    if (!charset.canEncode()) {
      return Optional.empty();
    }
    byte[] feed = "\n".getBytes(charset);
    for (int place = 0; place < feed.length; place++) {
      byte[] plain = new byte[feed.length];
      plain[place] = '\n';
      if (Arrays.equals(plain, feed) && (feed.length == 1 || feed.length % 2 == 0)) {
        return Optional.of(new LineEnds(feed.length, place));
      }
    }
    return Optional.empty();
  }

  /**
   * Index just past the first line feed in {@code buffer[from..limit)}, or -1.
   *
   * @param base offset in the file of the buffer's first byte: units are aligned in the file
   */
  int find(byte[] buffer, int from, int limit, long base) {
    int feed = Newlines.find(buffer, from, limit);
    while (feed >= 0) {
      int start = feed - place;
      boolean aligned = unit == 1 || (base + start) % unit == 0;
      if (aligned && start >= 0 && start + unit <= limit && isFeed(buffer, start)) {
        return start + unit;
      }
      feed = Newlines.find(buffer, feed + 1, limit);
    }
    return -1;
  }

  private boolean isFeed(byte[] buffer, int start) {
    for (int i = 0; i < unit; i++) {
      if (i != place && buffer[start + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the text of a line ends whose bytes are {@code line[0..end)}: before CR and LF. */
  int textEnd(byte[] line, int end) {
    int before = endsWith(line, end, '\n') ? end - unit : end;
    return endsWith(line, before, '\r') ? before - unit : before;
  }

  private boolean endsWith(byte[] line, int end, char character) {
    int start = end - unit;
    if (start < 0 || line[start + place] != character) {
      return false;
    }
    for (int i = 0; i < unit; i++) {
      if (i != place && line[start + i] != 0) {
        return false;
      }
    }
    return true;
  }
}
