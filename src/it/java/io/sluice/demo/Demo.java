package io.sluice.demo;

import io.sluice.it.KafkaBroker;
import io.sluice.it.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ships a growing log through the sample configuration and counts every line. Ends with status 0
 * only if each is once in the raw topic, and once in the valid or the invalid one.
 */
public final class Demo {
  private static final int PORTIONS = 20;

  private final DemoOptions options;
  private final RunFolder folder;
  private final Report report = new Report(System.out);

  private Demo(DemoOptions options, RunFolder folder) {
    this.options = options;
    this.folder = folder;
  }

  /** See {@code bin/demo --help}. */
  public static void main(String[] arguments) throws IOException {
    DemoOptions options;
    try {
      options = DemoOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(new Demo(options, RunFolder.create()).run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    report.say("starting a Kafka broker");
    var broker = folder.owns(new KafkaBroker(folder.path().resolve("broker"))).start();
    Path logs = Files.createDirectory(folder.path().resolve("logs"));
    var pipeline = folder.owns(new Pipeline(options.sample(), logs, broker.bootstrapServers()));
    configure(pipeline);
    report.say("starting a Flume agent");
    pipeline.createTopics().start();
    try (var arrivals =
            new Arrivals(pipeline.topics(), pipeline.raw(), pipeline.valid(), pipeline.invalid());
        Supply supply = supply();
        var log = new GrowingLog(pipeline.log().path(), supply, arrivals::written)) {
      boolean shipped = new Shipping(pipeline, arrivals, log, report).run();
      if (!options.keep()) {
        pipeline.agent().terminate();
      }
      arrivals.read();
      if (shipped || arrivals.raw() > 0) {
        report.table(pipeline, arrivals);
      }
      return conclude(broker, pipeline, shipped && reconciles(arrivals));
    }
  }

  private void configure(Pipeline pipeline) {
    pipeline
        .config()
        .replace("a1.sources.tail.interceptors.range.field", options.field())
        .replace("a1.sources.tail.interceptors.range.range", options.range());
  }

  private Supply supply() throws IOException {
    return options.input().isPresent()
        ? new FileCopy(options.input().get(), PORTIONS)
        : new Readings(options.lines(), PORTIONS);
  }

  private static boolean reconciles(Arrivals arrivals) {
    return arrivals.lost() == 0
        && arrivals.duplicates() == 0
        && arrivals.raw() == arrivals.written()
        && arrivals.valid() + arrivals.invalid() == arrivals.written();
  }

  private boolean conclude(KafkaBroker broker, Pipeline pipeline, boolean reconciled) {
    if (options.keep()) {
      broker.process().leaveRunning();
      pipeline.agent().process().leaveRunning();
      folder.keep();
      System.err.print(howToGoOn(broker, pipeline));
    } else if (!reconciled) {
      folder.keep();
      System.err.println("demo: the lines do not reconcile; the logs are in " + folder.path());
    }
    return reconciled;
  }

  private String howToGoOn(KafkaBroker broker, Pipeline pipeline) {
    return """

    Broker and agent go on running.
      add a line   echo 'one more value=12' >> %s
      agent's log  %s
      read a topic bin/sluice receive --bootstrap-server %s --topic %s --headers
      stop         kill %d && kill %d && rm -r %s
    """
        .formatted(
            pipeline.log().path(),
            folder.path().resolve("logs/agent/agent.log"),
            broker.bootstrapServers(),
            pipeline.valid(),
            pipeline.agent().process().pid(),
            broker.process().pid(),
            folder.path());
  }
}
