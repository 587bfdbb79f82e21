package io.sluice.bench;

import java.util.List;

/**
 * What is to be shipped, and under which conditions.
 *
 * @param lineBytes of each line, its end included
 * @param files that the lines are spread over
 * @param partitions of each topic
 * @param compression of the producers: none, lz4, zstd
 * @param heap of the JVMs, such as 256m; empty for {@link #JVM}
 */
record Workload(
    int lines, int lineBytes, int files, int partitions, String compression, String heap) {
  /** What all JVMs get that are to be compared at their best. */
  private static final List<String> JVM =
      List.of("-Xms1g", "-Xmx1g", "-Xmn600m", "-XX:+UseSerialGC");

  private static final int LINE_BYTES = 107;

  static Workload of(int lines) {
    return new Workload(lines, LINE_BYTES, 1, 1, "none", "");
  }

  Workload withLines(int count) {
    return new Workload(count, lineBytes, files, partitions, compression, heap);
  }

  Workload withLineBytes(int bytes) {
    return new Workload(lines, bytes, files, partitions, compression, heap);
  }

  Workload withFiles(int count) {
    return new Workload(lines, lineBytes, count, partitions, compression, heap);
  }

  Workload withPartitions(int count) {
    return new Workload(lines, lineBytes, files, count, compression, heap);
  }

  Workload withCompression(String codec) {
    return new Workload(lines, lineBytes, files, partitions, codec, heap);
  }

  Workload withHeap(String size) {
    return new Workload(lines, lineBytes, files, partitions, compression, size);
  }

  List<String> jvm() {
    return heap.isEmpty() ? JVM : List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC");
  }

  /** For reports. */
  String describe() {
    return "%,d lines of %,d bytes, %s, %s, compression %s%s"
        .formatted(
            lines,
            lineBytes,
            files == 1 ? "one file" : files + " files",
            partitions == 1 ? "one partition" : partitions + " partitions",
            compression,
            heap.isEmpty() ? "" : ", heap " + heap);
  }
}
