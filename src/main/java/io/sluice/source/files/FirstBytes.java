package io.sluice.source.files;

import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file's first bytes, to be compared with others' before any file is opened. Immutable.
 *
 * @param hash of the bytes, kept because one opening is compared with many
 */
public record FirstBytes(ByteBuffer bytes, int hash) {
  /** How many bytes there are at most. */
  private static final int MOST = 64;

  static final FirstBytes NONE = of(new byte[0], 0);

  /** The opening of a file that begins with {@code buffer[0..length)}, without NULs at its end. */
  public static FirstBytes of(byte[] buffer, int length) {
    int end = Math.min(length, MOST);
    while (end > 0 && buffer[end - 1] == 0) {
      end--;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, end));
    return new FirstBytes(bytes, bytes.hashCode());
  }

  static FirstBytes of(Content content) throws IOException {
    byte[] bytes = new byte[MOST];
    return of(bytes, content.read(bytes, 0, bytes.length, 0));
  }

  /** Whether one of the two files can be the beginning of the other. */
  boolean agreesWith(FirstBytes other) {
    if (bytes.remaining() == other.bytes.remaining() && hash != other.hash) {
      return false;
    }
    int difference = bytes.mismatch(other.bytes);
    return difference < 0 || difference == Math.min(bytes.remaining(), other.bytes.remaining());
  }
}
