package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Several of a contender at once, each with a file of its own, all to the same topics. */
record Fleet(Contender each, int count) implements Contender {
  @Override
  public String key() {
    return each.key();
  }

  @Override
  public String title() {
    return count + " × " + each.title();
  }

  @Override
  public List<Topic> topics(String prefix) {
    return each.topics(prefix);
  }

  @Override
  public Optional<String> obstacle(Workload workload) {
    return each.obstacle(workload.withFiles(1));
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    List<Supplier<JavaProcess>> processes = new ArrayList<>();
    for (int agent = 0; agent < count; agent++) {
      processes.addAll(each.prepare(run.share(agent)));
    }
    return processes;
  }
}
