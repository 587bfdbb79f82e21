package io.sluice.source.files;

import io.sluice.source.machine.Content;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file's first bytes, without NULs at their end, to be compared with others' before any file is
 * opened. Immutable.
 *
 * @param hash of the bytes, kept because one file's are compared with many
 */
public record FirstBytes(ByteBuffer bytes, int hash) {
  /** How many bytes are kept of a file that is being read. */
  private static final int KEPT = 64;

  static final FirstBytes NONE = of(new byte[0], 0, 0);

  /** Those to keep of a file that begins with {@code buffer[0..length)}. */
  public static FirstBytes of(byte[] buffer, int length) {
    return of(buffer, length, KEPT);
  }

  /** As many as a fingerprint covers. */
  static FirstBytes of(Content content) throws IOException {
    byte[] bytes = new byte[Fingerprint.MOST];
    return of(bytes, content.read(bytes, 0, bytes.length, 0), bytes.length);
  }

  private static FirstBytes of(byte[] buffer, int length, int most) {
    int end = Math.min(length, most);
    while (end > 0 && buffer[end - 1] == 0) {
      end--;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, end));
    return new FirstBytes(bytes, bytes.hashCode());
  }

  int length() {
    return bytes.remaining();
  }

  /** Those to keep of a file that is being read. */
  FirstBytes kept() {
    return of(copy(), length());
  }

  /** The fingerprint of the first {@code length} bytes; there must be as many. */
  Fingerprint fingerprint(int length) {
    return Fingerprint.of(copy(), length);
  }

  private byte[] copy() {
    byte[] copy = new byte[length()];
    bytes.get(0, copy);
    return copy;
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
