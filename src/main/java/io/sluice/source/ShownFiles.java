package io.sluice.source;

import io.sluice.monitoring.FileState;
import io.sluice.source.files.TailedFile;
import io.sluice.source.files.TailedFiles;
import io.sluice.source.metrics.SourceMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What monitoring sees of the files. They belong to the source's thread, which looks at them only
 * when somebody has asked since: a source of ten thousand files pays nothing for a console that is
 * not there. Thread-safe.
 */
final class ShownFiles {
  private static final int MOST_SHOWN = 100;
  private static final int MOST_WITH_LAG = 20;

  private static final Comparator<TailedFile> BY_INTEREST =
      Comparator.comparingLong(TailedFile::lag)
          .thenComparingLong(file -> file.lastStat().activeNanos())
          .reversed();

  private volatile boolean wanted = true;
  private volatile List<FileState> latest = List.of();

  private record Shown(
      String path, long size, long read, long position, long lag, long inFlight, long idleMillis)
      implements FileState {
    static Shown of(TailedFile file, long nowNanos) {
      long read = file.read().offset();
      long idle = Math.max(0, nowNanos - file.lastStat().activeNanos());
      return new Shown(
          file.toString(),
          Math.max(file.lastStat().size(), read),
          read,
          file.ledger().position().offset(),
          file.lag(),
          file.ledger().outstandingBytes(),
          Duration.ofNanos(idle).toMillis());
    }

    @Override
    public String getPath() {
      return path;
    }

    @Override
    public long getSizeBytes() {
      return size;
    }

    @Override
    public long getReadBytes() {
      return read;
    }

    @Override
    public long getPositionBytes() {
      return position;
    }

    @Override
    public long getLagBytes() {
      return lag;
    }

    @Override
    public long getInFlightBytes() {
      return inFlight;
    }

    @Override
    public long getIdleMillis() {
      return idleMillis;
    }
  }

  /** By the source's thread, now and then. */
  void show(TailedFiles tailed, SourceMetrics metrics, long nowNanos) {
    Collection<TailedFile> files = tailed.all();
    long lag = 0;
    for (TailedFile file : files) {
      lag += file.lag();
    }
    metrics.show(tailed.openFiles(), files.size(), lag, lag == 0 ? "" : lagByFile(files));
    if (wanted) {
      wanted = false;
      latest =
          files.stream()
              .sorted(BY_INTEREST)
              .limit(MOST_SHOWN)
              .<FileState>map(file -> Shown.of(file, nowNanos))
              .toList();
    }
  }

  private static String lagByFile(Collection<TailedFile> files) {
    return files.stream()
        .filter(file -> file.lag() > 0)
        .sorted(Comparator.comparingLong(TailedFile::lag).reversed())
        .limit(MOST_WITH_LAG)
        .map(file -> file + "=" + file.lag())
        .collect(Collectors.joining(" "));
  }

  /** As of the last look; asks for another one. */
  List<FileState> latest() {
    wanted = true;
    return latest;
  }
}
