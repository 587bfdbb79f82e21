package io.sluice.source.machine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed file holds. Offsets are those of the bytes inside. Reading forwards, and a
 * little back, costs one decompression; going back further starts again at the beginning. An
 * archive that is still being written is read as far as it goes.
 *
 * <p>Used by one thread.
 */
final class ArchiveContent implements Content {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final ArchiveFormat format;
  private final Archives archives;
  private final Object key;
  private ArchiveFacts facts;
  private final PackedInput input;
  private @Nullable InputStream stream;
  private long offset;

  /** The last bytes before {@link #offset}. */
  private final byte[] recent = new byte[BUFFER_BYTES];

  /**
   * @param path for messages; the file is read under whatever name
   */
  ArchiveContent(
      Path path,
      FileChannel channel,
      ArchiveFormat format,
      Archives archives,
      Object key,
      ArchiveFacts facts) {
    this.path = path;
    this.channel = channel;
    this.format = format;
    this.archives = archives;
    this.key = key;
    this.facts = facts;
    this.input = new PackedInput(channel);
  }

  @Override
  public int read(byte[] buffer, int at, int length, long from) throws IOException {
    refresh();
    if (facts.end >= 0 && from >= facts.end) {
      return 0;
    }
    byte[] known = facts.sample(from, length);
    if (known != null) {
      System.arraycopy(known, 0, buffer, at, length);
      return length;
    }
    int done = unpack(buffer, at, length, from);
    if (done == length) {
      facts.keep(from, buffer, at, done);
    }
    return done;
  }

  /** Another version of the file is another content, which begins with the same bytes. */
  private void refresh() throws IOException {
    long packed = channel.size();
    if (packed != facts.packedBytes) {
      facts = archives.newer(key, packed, facts);
      restart();
    }
  }

  private int unpack(byte[] buffer, int at, int length, long from) throws IOException {
    int done = 0;
    if (from < offset && offset - from <= recent.length) {
      for (; done < length && from + done < offset; done++) {
        buffer[at + done] = recent[(int) ((from + done) % recent.length)];
      }
    } else if (!skipTo(from)) {
      return 0;
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

  /** Whether there is anything at {@code target}. */
  private boolean skipTo(long target) throws IOException {
    if (target < offset) {
      restart();
    }
    byte[] skipped = new byte[BUFFER_BYTES];
    while (offset < target) {
      if (advance(skipped, 0, (int) Math.min(skipped.length, target - offset)) < 0) {
        return false;
      }
    }
    return true;
  }

  private int advance(byte[] buffer, int at, int length) throws IOException {
    if (facts.end >= 0 && offset >= facts.end) {
      return -1;
    }
    long start = archives.nanos();
    int count = unpackSome(buffer, at, length);
    facts.spentNanos += archives.nanos() - start;
    if (count < 0) {
      facts.end = offset;
      facts.endedNanos = archives.nanos();
      return -1;
    }
    for (int i = Math.max(0, count - recent.length); i < count; i++) {
      recent[(int) ((offset + i) % recent.length)] = buffer[at + i];
    }
    offset += count;
    return count;
  }

  private int unpackSome(byte[] buffer, int at, int length) throws IOException {
    try {
      InputStream open = stream;
      if (open == null) {
        open = format.unpack(input);
        stream = open;
        offset = 0;
      }
      return open.read(buffer, at, length);
    } catch (UnsupportedArchiveException e) {
      throw e;
    } catch (EOFException e) {
      facts.unfinished = true;
    } catch (IOException e) {
      facts.unfinished = input.isAtEnd();
      if (!facts.unfinished) {
        archives.damaged(key, path, offset, e);
      }
    } catch (LinkageError e) {
      throw new UnsupportedArchiveException(format + " archives cannot be read here: " + e);
    }
    return -1;
  }

  private void restart() {
    stream = null; // Nothing to close: the channel is ours.
    input.rewind();
    offset = 0;
  }

  /** Unpacks all of it, once for each version. */
  @Override
  public long size() throws IOException {
    refresh();
    byte[] skipped = new byte[BUFFER_BYTES];
    while (facts.end < 0) {
      advance(skipped, 0, skipped.length);
    }
    requireWhole();
    return facts.end;
  }

  /** Nothing is filled in later, so all of it is data. */
  @Override
  public long dataSize() throws IOException {
    return size();
  }

  @Override
  public void requireWhole() throws UnfinishedArchiveException {
    if (facts.unfinished) {
      throw new UnfinishedArchiveException("the archive is not complete yet");
    }
  }

  @Override
  public boolean isWhole() {
    return !facts.unfinished;
  }

  @Override
  public boolean isArchive() {
    return true;
  }

  @Override
  public void close() throws IOException {
    restart();
    channel.close();
  }
}
