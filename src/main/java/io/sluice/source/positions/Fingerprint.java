package io.sluice.source.positions;

import io.sluice.source.machine.Content;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The fingerprint of a file's head: the first eight bytes of the SHA-256 of its first {@code
 * length} bytes. Immutable.
 */
public record Fingerprint(int length, long hash) {
  /** Most bytes that are hashed. */
  public static final int MOST = 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Of an empty file. */
  public static final Fingerprint NONE = of(new byte[0], 0);

  public static Fingerprint of(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return new Fingerprint(length, (long) LONGS.get(digest.digest(), 0));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of as much of the head as there is, up to {@value #MOST} bytes, but for NULs at its end. */
  public static Fingerprint of(Content content) throws IOException {
    byte[] bytes = new byte[MOST];
    int length = content.read(bytes, 0, MOST, 0);
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return of(bytes, length);
  }

  /** Of the first {@code length} bytes, or of all if there are fewer. */
  public static Fingerprint of(Content content, int length) throws IOException {
    byte[] bytes = new byte[length];
    int count = content.read(bytes, 0, length, 0);
    if (count < length) {
      content.requireWhole();
    }
    return of(bytes, count);
  }

  /** Whether {@code content} starts with the bytes that this is the fingerprint of. */
  public boolean isHeadOf(Content content) throws IOException {
    return of(content, length).equals(this);
  }
}
