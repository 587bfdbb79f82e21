package io.sluice.it;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A log to which readings are appended at a steady rate, whatever happens to its reader. */
final class SteadyLog implements AutoCloseable {
  private static final int PORTIONS_A_SECOND = 50;

  private final OutputStream out;
  private final int portion;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> writing;
  private volatile int written;

  SteadyLog(Path path, int linesASecond) {
    try {
      out = Files.newOutputStream(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    portion = linesASecond / PORTIONS_A_SECOND;
    writing =
        timer.scheduleAtFixedRate(
            this::append, 0, 1_000 / PORTIONS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  /** How many readings were written so far, numbered from 0. */
  int written() {
    return written;
  }

  /** Stops writing; how many readings were written, numbered from 0. */
  int stop() {
    writing.cancel(false);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the writer does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return written;
  }

  @Override
  public void close() {
    stop();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append() {
    var lines = new StringBuilder();
    int end = written + portion;
    for (int i = written; i < end; i++) {
      lines.append("reading ").append(i).append(" value=").append(i % 30).append('\n');
    }
    try {
      out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
      written = end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
