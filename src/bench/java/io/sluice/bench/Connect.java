package io.sluice.bench;

import io.sluice.it.FreePort;
import io.sluice.it.Homes;
import io.sluice.it.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Kafka Connect, standalone, with its FileStreamSource: one connector for each file. */
final class Connect implements Contender {
  @Override
  public String key() {
    return "connect";
  }

  @Override
  public String title() {
    return "Kafka Connect FileStreamSource, raw only";
  }

  @Override
  public Optional<String> obstacle(Workload workload) {
    return Files.isDirectory(Homes.connect())
        ? Optional.empty()
        : Optional.of(Homes.connect() + " is not there: run bin/homes connect");
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    Path folder = run.folder();
    List<String> command = new ArrayList<>(run.workload().jvm());
    command.addAll(
        List.of(
            "-Dlog4j2.configurationFile=" + Path.of("src/it/homes/kafka-log4j2.xml").toUri(),
            "-cp",
            Homes.connect().resolve("libs") + "/*",
            "org.apache.kafka.connect.cli.ConnectStandalone",
            write(
                folder.resolve("worker.properties"),
                "bootstrap.servers = " + run.bootstrapServers(),
                "listeners = http://127.0.0.1:" + FreePort.find(),
                "key.converter = org.apache.kafka.connect.storage.StringConverter",
                "value.converter = org.apache.kafka.connect.storage.StringConverter",
                "offset.storage.file.filename = " + folder.resolve("offsets"),
                "plugin.discovery = only_scan",
                "producer.acks = all",
                "producer.linger.ms = 5",
                "producer.batch.size = 1000000",
                "producer.compression.type = " + run.workload().compression())));
    for (int i = 0; i < run.logs().size(); i++) {
      command.add(
          write(
              folder.resolve("connector-" + i + ".properties"),
              "name = log-" + i,
              "connector.class = org.apache.kafka.connect.file.FileStreamSourceConnector",
              "tasks.max = 1",
              "file = " + run.logs().get(i),
              "topic = " + run.prefix() + "raw",
              "batch.size = 10000"));
    }
    return List.of(() -> JavaProcess.start(folder, folder.resolve("connect.log"), command));
  }

  private static String write(Path file, String... lines) {
    try {
      return Files.write(file, List.of(lines)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
