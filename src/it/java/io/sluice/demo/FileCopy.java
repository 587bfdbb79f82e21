package io.sluice.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an existing file. */
final class FileCopy implements Supply {
  private static final int SMALLEST_PORTION = 64 * 1024;
  private static final int LARGEST_PORTION = 16 * 1024 * 1024;

  private final InputStream in;
  private final int portion;

  FileCopy(Path file, int portions) throws IOException {
    in = Files.newInputStream(file);
    long size = Files.size(file) / portions;
    portion = (int) Math.max(SMALLEST_PORTION, Math.min(LARGEST_PORTION, size));
  }

  @Override
  public byte[] next() throws IOException {
    return in.readNBytes(portion);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
