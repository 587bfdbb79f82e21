package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What a file has under all its names as long as it exists. Immutable. */
public record FileKey(long device, long inode) {
  private static final int DEVICE_AT = "(dev=".length();
  private static final int INODE_AT = ",ino=".length();

  static FileKey of(FileIdentity file) {
    return new FileKey(file.device(), file.inode());
  }

  /**
   * Of what a look at a file has shown; empty if the file system has no such keys. The JDK shows
   * both numbers in the text alone: {@code (dev=fd01,ino=42)}. Asking for them costs another look.
   */
  public static Optional<FileKey> of(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    if (key == null) {
      return Optional.empty();
    }
    String text = key.toString();
    int comma = text.indexOf(',');
    return Optional.of(
        new FileKey(
            Long.parseUnsignedLong(text, DEVICE_AT, comma, 16),
            Long.parseLong(text, comma + INODE_AT, text.length() - 1, 10)));
  }
}
