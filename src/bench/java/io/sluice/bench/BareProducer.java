package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The floor: a loop over the Kafka producer, see {@link ProducerLoop}. */
final class BareProducer implements Contender {
  @Override
  public String key() {
    return "producer";
  }

  @Override
  public String title() {
    return "bare producer loop, raw only";
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    List<String> command = new ArrayList<>(run.workload().jvm());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ProducerLoop.class.getName(),
            run.bootstrapServers(),
            run.prefix() + "raw",
            run.workload().compression()));
    run.logs().forEach(log -> command.add(log.toString()));
    return List.of(
        () ->
            JavaProcess.start(
                Path.of("").toAbsolutePath(), run.folder().resolve("producer.log"), command));
  }
}
