package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a contender is told.
 *
 * @param folder empty; for configuration, positions and what it prints
 * @param logs the files to ship, all in one folder and ending in {@code .log}
 * @param prefix of its topics
 */
record Run(
    Path folder, List<Path> logs, String bootstrapServers, String prefix, Workload workload) {
  private static final String ANY = "*.log";

  /** One path, or a glob for all. */
  String glob() {
    return logs.size() == 1 ? logs.get(0).toString() : logs.get(0).resolveSibling(ANY).toString();
  }

  /** The share of one of several agents: a file, and a folder of its own. */
  Run share(int agent) {
    try {
      Path own = Files.createDirectory(folder.resolve("agent-" + agent));
      return new Run(own, List.of(logs.get(agent)), bootstrapServers, prefix, workload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
