package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build and {@code bin/homes} leave, seen from the project's folder. */
public final class Homes {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private Homes() {}

  /** A real Flume, without the plugin. */
  public static Path flume() {
    return existing(TARGET.resolve("homes/flume"), "run bin/homes");
  }

  /** A real Kafka broker. */
  public static Path kafka() {
    return existing(TARGET.resolve("homes/kafka"), "run bin/homes");
  }

  /** A broker of the last version before 4, where it was asked for. */
  static Path kafka39() {
    return TARGET.resolve("homes/kafka-3.9");
  }

  /** A real ZooKeeper server. */
  static Path zooKeeper() {
    return existing(TARGET.resolve("homes/zookeeper"), "run bin/homes");
  }

  /** A Kafka Connect worker, where it was asked for. */
  public static Path connect() {
    return TARGET.resolve("homes/connect");
  }

  /** The sample configurations as shipped. */
  public static Path conf() {
    return Path.of("conf").toAbsolutePath();
  }

  /** The archive that users unpack in their {@code plugins.d}. */
  public static Path pluginArchive() {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("sluice-.*-plugin\\.tar\\.gz"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no plugin archive: run mvn package"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path folder, String cure) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(folder + " is not there: " + cure);
    }
    return folder;
  }
}
