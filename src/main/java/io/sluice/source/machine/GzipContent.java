package io.sluice.source.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a gzip file holds. Offsets are those of the bytes inside. Reading forwards, and a little
 * back, costs one decompression; going back further starts again at the beginning.
 *
 * <p>Used by one thread.
 */
final class GzipContent implements Content {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path path;
  private final OpenOption[] how;
  private final long size;
  private @Nullable InputStream stream;
  private long offset;

  /** The last bytes before {@link #offset}. */
  private final byte[] recent = new byte[BUFFER_BYTES];

  private GzipContent(Path path, OpenOption[] how, long size) {
    this.path = path;
    this.how = how;
    this.size = size;
  }

  /**
   * Opens the file after reading it once: only then it is sure that it is whole, and how long.
   *
   * @throws java.io.EOFException if it is still being written
   */
  static GzipContent open(Path path, OpenOption... how) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (InputStream stream = stream(path, how)) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        size += count;
      }
    }
    return new GzipContent(path, how, size);
  }

  /** By its first two bytes, whatever it is called. */
  static boolean isGzip(Content content) throws IOException {
    byte[] magic = new byte[2];
    return content.read(magic, 0, 2, 0) == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
  }

  private static InputStream stream(Path path, OpenOption... how) throws IOException {
    return new GZIPInputStream(Files.newInputStream(path, how), BUFFER_BYTES);
  }

  @Override
  public int read(byte[] buffer, int at, int length, long from) throws IOException {
    if (from >= size) {
      return 0;
    }
    int done = 0;
    if (from < offset && offset - from <= recent.length) {
      for (; done < length && from + done < offset; done++) {
        buffer[at + done] = recent[(int) ((from + done) % recent.length)];
      }
    } else {
      skipTo(from);
    }
    while (done < length) {
      int count = advance(buffer, at + done, length - done);
      if (count < 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  private void skipTo(long target) throws IOException {
    if (target < offset) {
      close();
    }
    byte[] skipped = new byte[BUFFER_BYTES];
    while (offset < target) {
      int length = (int) Math.min(skipped.length, target - offset);
      if (advance(skipped, 0, length) < 0) {
        throw new IOException(path + " became shorter than " + target + " bytes");
      }
    }
  }

  private int advance(byte[] buffer, int at, int length) throws IOException {
    InputStream open = stream;
    if (open == null) {
      open = stream(path, how);
      stream = open;
      offset = 0;
    }
    int count = open.read(buffer, at, length);
    for (int i = Math.max(0, count - recent.length); i < count; i++) {
      recent[(int) ((offset + i) % recent.length)] = buffer[at + i];
    }
    if (count > 0) {
      offset += count;
    }
    return count;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isArchive() {
    return true;
  }

  @Override
  public void close() throws IOException {
    InputStream open = stream;
    stream = null;
    offset = 0;
    if (open != null) {
      open.close();
    }
  }
}
