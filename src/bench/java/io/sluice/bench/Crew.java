package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A contender's processes, and what they have used until they were last looked at. */
final class Crew {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<JavaProcess, ProcessFigures> used = new LinkedHashMap<>();

  /** Starts them. */
  Crew(List<Supplier<JavaProcess>> prepared) {
    prepared.forEach(process -> used.put(process.get(), new ProcessFigures(0, 0)));
  }

  /** A program that has ended by itself leaves the figures of the look before. */
  void look() {
    used.replaceAll(
        (process, last) -> {
          try {
            return process.isAlive() ? ProcessFigures.of(process.pid()) : last;
          } catch (IOException gone) {
            return last;
          }
        });
  }

  double cpuSeconds() {
    return used.values().stream().mapToDouble(ProcessFigures::cpuSeconds).sum();
  }

  double peakMegabytes() {
    return used.values().stream().mapToDouble(ProcessFigures::peakMegabytes).sum();
  }

  /** Ending in good order is no failure: some programs are done at the end of the file. */
  boolean hasFailed() {
    return used.keySet().stream().anyMatch(each -> !each.isAlive() && each.exitCode() != 0);
  }

  void terminate() {
    used.keySet().forEach(process -> process.terminate(PATIENCE));
  }

  void kill() {
    used.keySet().forEach(JavaProcess::kill);
  }
}
