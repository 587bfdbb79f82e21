package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/**
 * Where the broker keeps its log: in memory if there is room, so that it is the shippers that are
 * measured and not the disk, which the whole job gives nearly three times the bytes of raw only.
 * Deleted at the end.
 */
record BrokerFolder(Path path) implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long NEEDED_BYTES = 10L << 30;

  /** In memory, or else in {@code fallback}. */
  static BrokerFolder create(Path fallback) throws IOException {
    return new BrokerFolder(
        isInMemory()
            ? Files.createTempDirectory(MEMORY, "sluice-bench-")
            : fallback.resolve("broker"));
  }

  /** Whether there is a file system in memory with room for a whole job. */
  static boolean isInMemory() {
    try {
      return Files.isDirectory(MEMORY)
          && Files.getFileStore(MEMORY).getUsableSpace() >= NEEDED_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    Utils.delete(path.toFile());
  }
}
