package io.sluice.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies into no more memory than they have. */
final class RequestBody {
  private RequestBody() {}

  /**
   * Reads to the end, or one byte more than {@code longest}.
   *
   * @param length as the request says; negative if it does not
   * @throws IOException if it ends before that, or cannot be read
   */
  static byte[] read(InputStream from, int length, int longest) throws IOException {
    if (length < 0) {
      return from.readNBytes(longest + 1);
    }
    byte[] body = new byte[length];
    if (from.readNBytes(body, 0, length) < length) {
      throw new EOFException("the body is shorter than its length");
    }
    return body;
  }
}
