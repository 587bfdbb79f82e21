package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that ships logs to Kafka, in processes of its own. */
interface Contender {
  /** How it is chosen on the command line. */
  String key();

  /** How the report calls it. */
  String title();

  /** The topics that it fills, for a run whose topics begin with {@code prefix}. */
  default List<Topic> topics(String prefix) {
    return List.of(Topic.raw(prefix));
  }

  /** Why it cannot be measured here with this workload. */
  default Optional<String> obstacle(Workload workload) {
    return Optional.empty();
  }

  /**
   * Gets everything ready, before the clock runs. What is returned starts it; a program may end by
   * itself when it is done.
   */
  List<Supplier<JavaProcess>> prepare(Run run);
}
