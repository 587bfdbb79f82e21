package io.sluice.cluster;

import io.sluice.it.ClusterShape;
import io.sluice.it.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of the one cluster that this checkout may have, between two commands. */
final class ClusterFolder {
  private final Path path = Path.of("target/cluster").toAbsolutePath();
  private final Path description = path.resolve("shape");

  /** The cluster that was started, if it was not stopped. */
  Optional<KafkaCluster> find() {
    try {
      if (!Files.exists(description)) {
        return Optional.empty();
      }
      List<Integer> numbers =
          Stream.of(Files.readString(description).split(" ")).map(Integer::valueOf).toList();
      var shape = new ClusterShape(numbers.get(0), numbers.get(1));
      return Optional.of(KafkaCluster.onPort(numbers.get(2), path, shape));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new cluster, not started yet. */
  KafkaCluster create(ClusterShape shape, int port) {
    try {
      Files.createDirectories(path);
      Files.writeString(description, "%d %d %d".formatted(shape.brokers(), shape.nodes(), port));
      return KafkaCluster.onPort(port, path, shape);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
