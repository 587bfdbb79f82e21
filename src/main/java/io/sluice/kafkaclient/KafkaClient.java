package io.sluice.kafkaclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Kafka client in use: the one in {@code sluice/kafka/} beside our own jar's folder, or, where
 * that folder is missing (unit tests, embedded agents), whatever the class path has.
 *
 * <p>There is one for all our components in a process, because it belongs to our jar and not to an
 * agent. Thread-safe.
 */
public final class KafkaClient {
  private static final class Holder {
    static final KafkaClient INSTANCE = locate(KafkaClient.class.getClassLoader());
  }

  private final ClassLoader loader;
  private final String place;

  private KafkaClient(ClassLoader loader, String place) {
    this.loader = loader;
    this.place = place;
  }

  public static KafkaClient get() {
    return Holder.INSTANCE;
  }

  private static KafkaClient locate(ClassLoader flume) {
    Optional<Path> ownJar = ownJar();
    Optional<Path> folder = ownJar.map(KafkaClient::kafkaFolder).filter(Files::isDirectory);
    if (ownJar.isEmpty() || folder.isEmpty()) {
      return new KafkaClient(flume, "the class path");
    }
    List<URL> jars = new ArrayList<>(jarsIn(folder.get()));
    jars.add(url(ownJar.get()));
    return new KafkaClient(
        new KafkaClassLoader(jars.toArray(URL[]::new), flume), folder.get().toString());
  }

  /** Our jar, unless we run from a folder of classes. */
  private static Optional<Path> ownJar() {
    CodeSource source = KafkaClient.class.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()).toAbsolutePath());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own jar has no usable place: " + source, e);
    }
  }

  private static Path kafkaFolder(Path jar) {
    return jar.resolveSibling("../kafka").normalize();
  }

  private static List<URL> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(KafkaClient::url)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no URL for " + file, e);
    }
  }

  /**
   * A new object of the Kafka-facing class {@code implementation}, which has a public constructor
   * without parameters.
   */
  public <T> T create(Class<T> type, String implementation) {
    try {
      Class<?> loaded = Class.forName(implementation, true, loader);
      return type.cast(loaded.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot load " + implementation + " with the Kafka client from " + place, e);
    }
  }

  /** Version and place, for the log: {@code 4.3.1 from .../sluice/kafka}. */
  public String describe() {
    try {
      Object version =
          Class.forName("org.apache.kafka.common.utils.AppInfoParser", true, loader)
              .getMethod("getVersion")
              .invoke(null);
      return version + " from " + place;
    } catch (ReflectiveOperationException e) {
      return "of unknown version from " + place;
    }
  }
}
