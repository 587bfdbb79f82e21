package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a running process takes of the machine, as Linux shows it under {@code /proc}. */
final class Footprint {
  private final long pid;

  Footprint(JavaProcess process) {
    pid = process.pid();
  }

  /** The most memory that was resident at any time. */
  long peakMebibytes() {
    return number("status", "VmHWM:") / 1024;
  }

  /** The memory that is resident now. */
  double residentMebibytes() {
    return number("status", "VmRSS:") / 1024.0;
  }

  long threads() {
    return number("status", "Threads:");
  }

  /** Bytes that were read by system calls, from disk or cache. */
  long bytesRead() {
    return number("io", "rchar:");
  }

  /** Open descriptors. */
  long descriptors() {
    try (Stream<Path> open = Files.list(path("fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time since the start, all threads together. */
  Duration cpu() {
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().totalCpuDuration()).orElseThrow();
  }

  private Path path(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private long number(String file, String key) {
    try (Stream<String> lines = Files.lines(path(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
