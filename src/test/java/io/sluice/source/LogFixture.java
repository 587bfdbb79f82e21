package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;

/** A log as a program and its rotation write it. */
public final class LogFixture {
  private final Path path;
  private final Optional<LongSupplier> clock;

  public LogFixture(Path path) {
    this(path, Optional.empty());
  }

  private LogFixture(Path path, Optional<LongSupplier> clock) {
    this.path = path;
    this.clock = clock;
  }

  /** What is written from now on has the time stamps of {@code epochMillis}. */
  LogFixture stampedBy(LongSupplier epochMillis) {
    return new LogFixture(path, Optional.of(epochMillis));
  }

  public Path path() {
    return path;
  }

  /** Appends whole lines. */
  public LogFixture append(String... lines) {
    return appendPart(String.join("\n", lines) + "\n");
  }

  /** Appends bytes as they are; a character is a byte. */
  public LogFixture appendPart(String text) {
    return write(text.getBytes(ISO_8859_1));
  }

  LogFixture write(byte[] bytes) {
    return run(
        () -> {
          if (!Files.exists(path.getParent())) {
            Files.createDirectories(path.getParent());
          }
          Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          stamp(path);
        });
  }

  /** Renames .1 to .2 and so on, and the log to .1. */
  LogFixture rotate() {
    int last = 0;
    while (Files.exists(numbered(last + 1))) {
      last++;
    }
    for (int i = last; i >= 1; i--) {
      move(numbered(i), numbered(i + 1));
    }
    move(path, numbered(1));
    return this;
  }

  LogFixture renameTo(String name) {
    move(path, path.resolveSibling(name));
    return this;
  }

  LogFixture copyTo(String name) {
    return run(
        () -> {
          Path copy = path.resolveSibling(name);
          Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
          stamp(copy);
        });
  }

  LogFixture truncate() {
    return run(
        () -> {
          Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
          stamp(path);
        });
  }

  LogFixture copytruncate(String name) {
    return copyTo(name).truncate();
  }

  LogFixture gzipTo(String name) {
    return run(
        () -> {
          try (OutputStream out =
              new GZIPOutputStream(Files.newOutputStream(path.resolveSibling(name)))) {
            Files.copy(path, out);
          }
        });
  }

  LogFixture delete() {
    return run(() -> Files.delete(path));
  }

  byte[] content() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(int... values) {
    var bytes = new ByteArrayOutputStream();
    for (int value : values) {
      bytes.write(value);
    }
    return bytes.toByteArray();
  }

  private void stamp(Path file) throws IOException {
    if (clock.isPresent()) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(clock.get().getAsLong()));
    }
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private void move(Path from, Path to) {
    run(() -> Files.move(from, to));
  }

  private interface Action {
    void run() throws IOException;
  }

  private LogFixture run(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
