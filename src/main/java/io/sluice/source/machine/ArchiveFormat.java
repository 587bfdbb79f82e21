package io.sluice.source.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The formats of compressed files, known by their first bytes whatever the file is called. What
 * unpacks them is in every Flume's {@code lib/}.
 */
enum ArchiveFormat {
  GZIP(0x1F, 0x8B, 0x08) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new GZIPInputStream(packed, BUFFER_BYTES);
    }
  },
  BZIP2('B', 'Z', 'h', -1, 0x31, 0x41, 0x59, 0x26) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return Unpacking.bzip2(packed);
    }
  },
  XZ(0xFD, '7', 'z', 'X', 'Z', 0) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return Unpacking.xz(packed);
    }
  },
  ZSTD(0x28, 0xB5, 0x2F, 0xFD) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return Unpacking.zstd(packed);
    }
  },
  LZ4(0x04, 0x22, 0x4D, 0x18),
  COMPRESS(0x1F, 0x9D),
  LZOP(0x89, 'L', 'Z', 'O', 0, 0x0D, 0x0A),
  SEVEN_ZIP('7', 'z', 0xBC, 0xAF, 0x27, 0x1C),
  ZIP('P', 'K', 3, 4);

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MOST_MAGIC = 8;

  /** Its first bytes; -1 is any. */
  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final int[] magic;

  ArchiveFormat(int... magic) {
    this.magic = magic;
  }

  /**
   * By its first bytes; empty for a file that is as it is.
   *
   * @throws UnfinishedArchiveException if it can become an archive, and is no text yet
   */
  static Optional<ArchiveFormat> of(Content content) throws IOException {
    byte[] head = new byte[MOST_MAGIC];
    int length = content.read(head, 0, head.length, 0);
    for (ArchiveFormat format : values()) {
      if (format.begins(head, length)) {
        if (length >= format.magic.length) {
          return Optional.of(format);
        }
        if (head[0] < ' ') { // No text begins so.
          throw new UnfinishedArchiveException("there is too little of it to be known by");
        }
      }
    }
    return Optional.empty();
  }

  /** Whether what there is of the first bytes is what this format begins with. */
  private boolean begins(byte[] head, int length) {
    for (int i = 0; i < magic.length && i < length; i++) {
      if (magic[i] >= 0 && (byte) magic[i] != head[i]) {
        return false;
      }
    }
    return length > 0;
  }

  /**
   * What {@code packed} holds, of all its members.
   *
   * @throws UnsupportedArchiveException if that cannot be read
   */
  InputStream unpack(InputStream packed) throws IOException {
    throw new UnsupportedArchiveException(name() + " archives cannot be read");
  }
}
