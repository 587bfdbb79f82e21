package io.sluice.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run's files and processes. However the program ends, the processes are ended and then the
 * folder is removed, unless it is to be kept.
 */
final class RunFolder {
  private final Path path;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private volatile boolean kept;

  private RunFolder(Path path) {
    this.path = path;
  }

  static RunFolder create() throws IOException {
    Path runs = Files.createDirectories(Path.of("target/demo"));
    var folder = new RunFolder(Files.createTempDirectory(runs, "run-").toAbsolutePath());
    Runtime.getRuntime().addShutdownHook(new Thread(folder::cleanUp, "clean-up"));
    return folder;
  }

  Path path() {
    return path;
  }

  /** Closes {@code part} before the folder is removed. */
  synchronized <T extends AutoCloseable> T owns(T part) {
    owned.push(part);
    return part;
  }

  /** Somebody wants to look at it. */
  void keep() {
    kept = true;
  }

  private synchronized void cleanUp() {
    if (kept) {
      return;
    }
    try {
      for (AutoCloseable part : owned) {
        part.close();
      }
      remove();
    } catch (Exception e) {
      System.err.println("demo: " + path + " could not be removed: " + e);
    }
  }

  private void remove() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return; // Somebody else is removing it.
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
