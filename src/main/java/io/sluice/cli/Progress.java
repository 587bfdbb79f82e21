package io.sluice.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One line that moves on, where somebody looks at a terminal; elsewhere a line every ten seconds.
 */
final class Progress implements Consumer<String> {
  private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long FILE_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter out;
  private final boolean terminal = Boolean.getBoolean("sluice.terminal");
  private long last = System.nanoTime();
  private boolean open;

  Progress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(String line) {
    long now = System.nanoTime();
    if (now - last < (terminal ? TERMINAL_NANOS : FILE_NANOS)) {
      return;
    }
    last = now;
    if (terminal) {
      out.print("\r" + line + "\033[K"); // The sequence clears what a longer line left.
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Leaves the line, so that the next text begins on one of its own. */
  void end() {
    if (open) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
