package io.sluice.source.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a compressed file from its beginning, under whatever name. Used by one thread. */
final class PackedInput extends InputStream {
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).limit(0);
  private long position;

  PackedInput(FileChannel channel) {
    this.channel = channel;
  }

  void rewind() {
    position = 0;
    buffer.limit(0);
  }

  boolean isAtEnd() throws IOException {
    return !buffer.hasRemaining() && position >= channel.size();
  }

  private boolean fill() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int count = channel.read(buffer, position);
      buffer.flip();
      position += Math.max(0, count);
    }
    return buffer.hasRemaining();
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, at, count);
    return count;
  }

  /** Decides for some formats whether another member follows. */
  @Override
  public int available() throws IOException {
    return fill() ? buffer.remaining() : 0;
  }
}
