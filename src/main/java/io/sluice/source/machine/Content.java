package io.sluice.source.machine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bytes of one file, to be read at any offset. Used by one thread. */
public interface Content extends Closeable {
  /**
   * Reads into {@code buffer[at..at+length)} what stands at {@code offset}.
   *
   * @return how many bytes were read: fewer than {@code length} only at the end of the file
   */
  int read(byte[] buffer, int at, int length, long offset) throws IOException;

  long size() throws IOException;

  /** How long the content is without the NULs at its end, which are no data yet. */
  default long dataSize() throws IOException {
    byte[] bytes = new byte[8192];
    long end = size();
    while (end > 0) {
      int length = (int) Math.min(bytes.length, end);
      int last = read(bytes, 0, length, end - length);
      while (last > 0 && bytes[last - 1] == 0) {
        last--;
      }
      if (last > 0) {
        return end - length + last;
      }
      end -= length;
    }
    return 0;
  }

  /** Whether the last bytes are NULs. */
  default boolean endsWithNuls() throws IOException {
    byte[] last = new byte[64];
    long size = size();
    int length = (int) Math.min(last.length, size);
    return read(last, 0, length, size - length) == length && Arrays.equals(last, new byte[64]);
  }

  /**
   * Says that something is not there, which cannot be known of an archive that is still written.
   */
  default void requireWhole() throws UnfinishedArchiveException {}

  /** Whether the end is one; that of an archive that is still written is none. */
  default boolean isWhole() {
    return true;
  }

  /** Whether this is what is inside a compressed file. */
  default boolean isArchive() {
    return false;
  }

  /** How contents are opened; tests have ways of their own. */
  interface Opener {
    Content open(Path path) throws IOException;
  }

  /**
   * Opens a file as it is.
   *
   * @param how such as {@link java.nio.file.LinkOption#NOFOLLOW_LINKS}
   */
  static Plain plain(Path path, OpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(how));
    options.add(StandardOpenOption.READ);
    return new Plain(FileChannel.open(path, options));
  }

  /** A file as it is. Keeps reading the same file when it is renamed or deleted. */
  record Plain(FileChannel channel) implements Content {
    @Override
    public int read(byte[] buffer, int at, int length, long offset) throws IOException {
      ByteBuffer target = ByteBuffer.wrap(buffer, at, length);
      while (target.hasRemaining()) {
        int count = channel.read(target, offset + target.position() - at);
        if (count < 0) {
          break;
        }
      }
      return target.position() - at;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
