package io.sluice.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Appends to a log, and tells of every line that is thereby written. */
final class GrowingLog implements AutoCloseable {
  private final OutputStream out;
  private final Supply supply;
  private final Consumer<byte[]> onLine;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private boolean complete;

  /**
   * @param onLine is given each line without its terminator, be it LF or CRLF
   */
  GrowingLog(Path log, Supply supply, Consumer<byte[]> onLine) throws IOException {
    this.out = Files.newOutputStream(log);
    this.supply = supply;
    this.onLine = onLine;
  }

  /** Nothing more will be written. */
  boolean isComplete() {
    return complete;
  }

  /** Appends the next portion. */
  void grow() throws IOException {
    byte[] portion = complete ? new byte[0] : supply.next();
    if (portion.length == 0 && partial.size() > 0) {
      portion = new byte[] {'\n'}; // A line without its end would wait for more.
    }
    complete = portion.length == 0;
    // Before the bytes are in the file, so that no line arrives that nobody knows of.
    split(portion);
    out.write(portion);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void split(byte[] portion) {
    int start = 0;
    for (int i = 0; i < portion.length; i++) {
      if (portion[i] == '\n') {
        partial.write(portion, start, i - start);
        byte[] line = partial.toByteArray();
        boolean carriageReturn = line.length > 0 && line[line.length - 1] == '\r';
        onLine.accept(carriageReturn ? Arrays.copyOf(line, line.length - 1) : line);
        partial.reset();
        start = i + 1;
      }
    }
    partial.write(portion, start, portion.length - start);
  }
}
