package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * rsyslog with imfile and omkafka, batches of 10,000.
 *
 * @param rawOnly without judging the lines
 */
record Rsyslog(String key, String title, boolean rawOnly) implements Contender {
  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

  /** Where distributions put it. */
  private static final List<Path> KAFKA =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omkafka.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/rsyslog/omkafka.so"),
          Path.of("/usr/lib64/rsyslog/omkafka.so"),
          Path.of("/usr/lib/rsyslog/omkafka.so"));

  @Override
  public List<Topic> topics(String prefix) {
    return rawOnly ? List.of(Topic.raw(prefix)) : Topic.sorted(prefix);
  }

  @Override
  public Optional<String> obstacle(Workload workload) {
    return Files.exists(PROGRAM) && KAFKA.stream().anyMatch(Files::exists)
        ? Optional.empty()
        : Optional.of("it is not there: apt-get install rsyslog rsyslog-kafka");
  }

  @Override
  public List<Supplier<JavaProcess>> prepare(Run run) {
    Path config = run.folder().resolve("rsyslog.conf");
    try {
      Files.writeString(config, configuration(run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        () ->
            JavaProcess.program(
                run.folder(),
                run.folder().resolve("rsyslog.log"),
                List.of(
                    PROGRAM.toString(),
                    "-n",
                    "-f",
                    config.toString(),
                    "-i",
                    run.folder().resolve("pid").toString())));
  }

  private String configuration(Run run) {
    String job =
        rawOnly
            ? action(run, "raw")
            : action(run, "raw")
                + """
                set $.value = cnum(field($msg, " value=", 2));
                if $.value >= 10 and $.value <= 20 then {
                """
                + action(run, "valid")
                + "} else {\n"
                + action(run, "invalid")
                + "}\n";
    return """
        global(workDirectory="%s" maxMessageSize="64k")
        main_queue(queue.type="FixedArray" queue.size="100000" queue.dequeueBatchSize="10000"
                   queue.workerThreads="1")
        module(load="imfile")
        module(load="omkafka")
        template(name="line" type="string" string="%%msg%%")
        input(type="imfile" file="%s" tag="bench" ruleset="ship")
        ruleset(name="ship") {
        %s}
        """
        .formatted(run.folder(), run.glob(), job);
  }

  private static String action(Run run, String topic) {
    return """
        action(type="omkafka" broker="%s" topic="%s%s" template="line" partitions.auto="on"
               confParam=["linger.ms=5", "batch.num.messages=10000", "compression.codec=%s",
                          "queue.buffering.max.messages=500000"]
               topicConfParam=["request.required.acks=-1"])
        """
        .formatted(run.bootstrapServers(), run.prefix(), topic, run.workload().compression());
  }
}
