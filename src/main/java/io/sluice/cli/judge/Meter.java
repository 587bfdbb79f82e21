package io.sluice.cli.judge;

import io.sluice.cli.terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A bar with the rate and the time left, for whoever waits. Used by one thread. */
final class Meter {
  private static final int BAR = 24;
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  /** Nobody waits so short a time that it must be shown. */
  private static final long SILENCE = Duration.ofMillis(500).toNanos();

  private final Optional<Consumer<String>> progress;
  private final Style style;
  private final long start = System.nanoTime();
  private long total;
  private long before;

  Meter(Optional<Consumer<String>> progress, Style style) {
    this.progress = progress;
    this.style = style;
  }

  /** Without names, or with one of a stream, nobody knows how much is to come. */
  void start(List<String> files) {
    total = 0;
    for (String file : files) {
      total += size(Path.of(file));
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0; // told when the file is opened
    }
  }

  void endFile(Path file) {
    before += size(file);
  }

  /**
   * @param bytes read of the file that is being read
   * @param lines judged in all files
   */
  void show(long bytes, long lines) {
    long passed = System.nanoTime() - start;
    if (progress.isPresent() && passed > SILENCE) {
      progress.get().accept(text(before + bytes, lines, passed / NANOS));
    }
  }

  private String text(long done, long lines, double seconds) {
    String rate = String.format(Locale.ROOT, "%,d lines  %,.0f/s", lines, lines / seconds);
    if (total == 0) {
      return rate;
    }
    double share = Math.min(1, (double) done / total);
    int full = (int) (share * BAR);
    long left = share == 0 ? 0 : (long) (seconds / share - seconds);
    return String.format(
        Locale.ROOT,
        "%3.0f%% [%s%s] %s  %d:%02d left",
        100 * share,
        (style.unicode() ? "█" : "#").repeat(full),
        " ".repeat(BAR - full),
        rate,
        left / 60,
        left % 60);
  }
}
