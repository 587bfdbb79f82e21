package io.sluice.source.machine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version of an archive, so that asking again does not unpack it again. Used
 * by one thread.
 */
final class ArchiveFacts {
  /** Longest stretch worth keeping: a fingerprint's. */
  private static final int SAMPLE_BYTES = 1024;

  private static final int MOST_SAMPLES = 32;

  /** Of which version: bytes and time stamp of the compressed file. */
  final long packedBytes;

  final long modifiedMillis;

  /** Where the content ends, as far as it can be unpacked; -1 while nobody has got there. */
  long end = -1;

  /** Whether the file ends before the archive does. */
  boolean unfinished;

  /** When unpacking last ended early, and how long it took. */
  long endedNanos;

  long spentNanos;

  private final Map<Long, byte[]> samples = new LinkedHashMap<>();

  ArchiveFacts(long packedBytes, long modifiedMillis) {
    this.packedBytes = packedBytes;
    this.modifiedMillis = modifiedMillis;
  }

  /** The first {@code length} bytes at {@code offset}, if they were read before. */
  byte @Nullable [] sample(long offset, int length) {
    byte[] sample = samples.get(offset);
    return sample != null && sample.length >= length ? sample : null;
  }

  void keep(long offset, byte[] buffer, int at, int length) {
    if (length > 0 && length <= SAMPLE_BYTES && samples.size() < MOST_SAMPLES) {
      samples.put(offset, Arrays.copyOfRange(buffer, at, at + length));
    }
  }
}
