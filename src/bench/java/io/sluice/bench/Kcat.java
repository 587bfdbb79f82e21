package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** kcat, a C program that sends the lines of a file and ends: the floor without a JVM. */
final class Kcat implements Contender {
  private static final Path PROGRAM = Path.of("/usr/bin/kcat");

  @Override
  public String key() {
    return "kcat";
  }

  @Override
  public String title() {
    return "kcat, raw only, follows nothing";
  }

  @Override
  public Optional<String> obstacle(Workload workload) {
    if (!Files.exists(PROGRAM)) {
      return Optional.of(PROGRAM + " is not there: apt-get install kcat");
    }
    return workload.files() > 1 ? Optional.of("it reads one file only") : Optional.empty();
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    return List.of(
        () ->
            JavaProcess.program(
                run.folder(),
                run.folder().resolve("kcat.log"),
                List.of(
                    PROGRAM.toString(),
                    "-P",
                    "-l",
                    "-b",
                    run.bootstrapServers(),
                    "-t",
                    run.prefix() + "raw",
                    "-z",
                    run.workload().compression(),
                    "-X",
                    "acks=all",
                    "-X",
                    "linger.ms=5",
                    "-X",
                    "batch.num.messages=10000",
                    "-X",
                    "queue.buffering.max.messages=500000",
                    run.logs().get(0).toString())));
  }
}
