package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.nio.file.Path;
import java.util.List;

/** Something that ships a log to Kafka, in a process of its own. */
interface Contender {
  /** How it is chosen on the command line. */
  String key();

  /** How the report calls it. */
  String title();

  /** The topics that it fills, for a run whose topics begin with {@code prefix}. */
  List<Topic> topics(String prefix);

  /**
   * Starts it.
   *
   * @param folder empty; for configuration, positions and logs
   */
  JavaProcess start(Path folder, Path log, String bootstrapServers, String prefix);
}
