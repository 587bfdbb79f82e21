package io.sluice.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file's first bytes, to be compared with others' before any file is opened. Immutable.
 *
 * @param hash of the bytes, kept because one opening is compared with many
 */
record Opening(ByteBuffer bytes, int hash) {
  /** How many bytes there are at most. */
  private static final int MOST = 64;

  static final Opening NONE = of(new byte[0], 0);

  /** The opening of a file that begins with {@code buffer[0..length)}. */
  static Opening of(byte[] buffer, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, Math.min(length, MOST)));
    return new Opening(bytes, bytes.hashCode());
  }

  static Opening of(Content content) throws IOException {
    byte[] bytes = new byte[MOST];
    return of(bytes, content.read(bytes, 0, bytes.length, 0));
  }

  /** Whether one of the two files can be the beginning of the other. */
  boolean agreesWith(Opening other) {
    if (bytes.remaining() == other.bytes.remaining() && hash != other.hash) {
      return false;
    }
    int difference = bytes.mismatch(other.bytes);
    return difference < 0 || difference == Math.min(bytes.remaining(), other.bytes.remaining());
  }
}
