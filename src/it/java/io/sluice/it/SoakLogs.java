package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Some logs in one folder that a thread of their own writes at a steady rate, all together, often
 * with half a line at the end for a while. They are rotated, and old ones deleted, when they are
 * told to. Readings are numbered through all logs.
 */
final class SoakLogs implements AutoCloseable {
  private static final int LOGS = 6;
  private static final int PORTIONS_A_SECOND = 10;
  private static final int KEPT = 4;

  /** A log that was rotated away when so many readings had been written to all logs. */
  private record Old(Path path, int written) {}

  private static final class Log {
    final Path path;
    final Deque<Old> old = new ArrayDeque<>();
    String rest = "";

    Log(Path path) {
      this.path = path;
    }
  }

  private final List<Log> logs = new ArrayList<>();
  private final Random random;
  private final int portion;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> writing;
  private int written;
  private int renamed;
  private int copied;
  private int deleted;

  SoakLogs(Path folder, int linesASecond, Random random) throws IOException {
    this.random = random;
    Files.createDirectories(folder);
    for (int i = 0; i < LOGS; i++) {
      logs.add(new Log(folder.resolve("app" + i + ".log")));
    }
    portion = linesASecond / PORTIONS_A_SECOND;
    writing =
        timer.scheduleAtFixedRate(
            this::append, 0, 1_000 / PORTIONS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  synchronized int written() {
    return written;
  }

  /** Rotates one of the logs, by renaming or by copying and truncating. */
  synchronized void rotate() throws IOException {
    Log log = logs.get(random.nextInt(LOGS));
    if (!Files.exists(log.path)) {
      return;
    }
    finishLine(log);
    if (random.nextBoolean()) {
      Path to = log.path.resolveSibling(log.path.getFileName() + ".renamed" + renamed++);
      Files.move(log.path, to);
      log.old.add(new Old(to, written));
    } else {
      Path to = log.path.resolveSibling(log.path.getFileName() + ".copied" + copied++);
      Files.copy(log.path, to);
      Files.write(log.path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      log.old.add(new Old(to, written));
    }
  }

  /**
   * Deletes one rotated log, if a log has more of them than are kept.
   *
   * @param arrived all readings before this one are in the topic
   */
  synchronized void deleteOldest(int arrived) throws IOException {
    for (Log log : logs) {
      Old oldest = log.old.peek();
      if (log.old.size() > KEPT && oldest != null && oldest.written <= arrived) {
        Files.delete(log.old.remove().path);
        deleted++;
        return;
      }
    }
  }

  /** Stops writing, with whole lines; how many readings were written, numbered from 0. */
  int stop() {
    if (writing.isDone()) {
      throw new IllegalStateException("the writer has ended before it was told to");
    }
    close();
    synchronized (this) {
      logs.forEach(this::finishLine);
      return written;
    }
  }

  @Override
  public void close() {
    writing.cancel(false);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the writer does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized String toString() {
    return "logs=%d written=%d renamed=%d copytruncated=%d deleted=%d"
        .formatted(LOGS, written, renamed, copied, deleted);
  }

  private synchronized void append() {
    Log log = logs.get(random.nextInt(LOGS));
    var lines = new StringBuilder(log.rest);
    for (int end = written + portion; written < end; written++) {
      lines.append("reading ").append(written).append(" value=").append(written % 30).append('\n');
    }
    int whole = lines.length();
    int cut = random.nextInt(3) == 0 ? whole - 1 - random.nextInt(15) : whole;
    log.rest = lines.substring(cut);
    write(log, lines.substring(0, cut));
  }

  private void finishLine(Log log) {
    write(log, log.rest);
    log.rest = "";
  }

  private static void write(Log log, String text) {
    try {
      Files.write(
          log.path,
          text.getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
