package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A log file that somebody writes, and what was written to it. */
public final class LogFile {
  private final Path path;
  private final List<byte[]> lines = new ArrayList<>();

  /** A file in a folder that is made if it is missing. */
  public LogFile(Path path) {
    this.path = path;
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return path;
  }

  /** Every line written so far, without terminators. */
  public List<byte[]> lines() {
    return lines;
  }

  public LogFile append(String... newLines) {
    for (String line : newLines) {
      lines.add(line.getBytes(StandardCharsets.UTF_8));
    }
    return write((String.join("\n", newLines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Appends bytes as they are, which stand for {@code newLines}. */
  public LogFile append(byte[] bytes, List<byte[]> newLines) {
    lines.addAll(newLines);
    return write(bytes);
  }

  /**
   * Lines {@code reading I value=(I mod 30)} for each I from {@code first} to before {@code end}.
   */
  public LogFile appendReadings(int first, int end) {
    var readings = new String[end - first];
    for (int i = first; i < end; i++) {
      readings[i - first] = "reading " + i + " value=" + i % 30;
    }
    return append(readings);
  }

  /** Gives the file another name; the next line begins a new file under the old one. */
  public LogFile rename(Path to) {
    return run(() -> Files.move(path, to));
  }

  /** Copies the file and empties it, as {@code copytruncate} does. */
  public LogFile copytruncate(Path copy) {
    return run(
        () -> {
          Files.copy(path, copy);
          Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        });
  }

  private LogFile write(byte[] bytes) {
    return run(
        () -> Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private interface Action {
    void run() throws IOException;
  }

  private LogFile run(Action action) {
    try {
      action.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
