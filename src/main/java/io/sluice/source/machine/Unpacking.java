package io.sluice.source.machine;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * The formats that commons-compress unpacks. In a class of its own, which is loaded only for such a
 * file: {@code bin/sluice} runs without Flume's jars.
 */
final class Unpacking {
  private static final int MOST_MEMORY_KIB = 100 * 1024;

  private Unpacking() {}

  static InputStream bzip2(InputStream packed) throws IOException {
    return new BZip2CompressorInputStream(packed, true);
  }

  static InputStream xz(InputStream packed) throws IOException {
    return new XZCompressorInputStream(packed, true, MOST_MEMORY_KIB);
  }

  static InputStream zstd(InputStream packed) throws IOException {
    return new ZstdCompressorInputStream(packed);
  }
}
