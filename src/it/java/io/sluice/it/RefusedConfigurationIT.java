package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flume logs a refused component and goes on without it; so the log has to say it all. */
final class RefusedConfigurationIT {
  private static final String NOTHING = "nothing will be shipped";

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void writeALog() {
    pipeline = new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers());
    pipeline.log().append("value=12");
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void namesEveryProblemOfTheSource() {
    pipeline
        .config()
        .replace("a1.sources.tail.batchSize", "ten")
        .replace("a1.sources.tail.startAt", "middle")
        .set("a1.sources.tail.postionFile", "/tmp/x");

    pipeline.start().agent().awaitLog(NOTHING);

    assertThat(error())
        .contains("source 'tail'")
        .contains("batchSize = \"ten\"")
        .contains("startAt = \"middle\"")
        .contains("postionFile is not a known key; the nearest is positionFile");
  }

  @Test
  void namesEveryProblemOfTheInterceptor() {
    pipeline
        .config()
        .replace("a1.sources.tail.interceptors.range.field", "column:3")
        .replace("a1.sources.tail.interceptors.range.range", "[20,10]");

    pipeline.start().agent().awaitLog(NOTHING);

    assertThat(error()).contains("field = \"column:3\"").contains("range = \"[20,10]\"");
  }

  @Test
  void refusesIntervalsThatOverlap() {
    pipeline.config().replace("a1.sources.tail.interceptors.range.range", "[1,10] [5,20]");

    pipeline.start().agent().awaitLog(NOTHING);

    assertThat(error()).contains("range = \"[1,10] [5,20]\"").contains("overlap");
  }

  @Test
  void namesEveryProblemOfTheSink() {
    pipeline
        .config()
        .without("a1.sinks.kafka.kafka.bootstrap.servers")
        .replace("a1.sinks.kafka.guarantee", "at-most-once")
        .replace("a1.sinks.kafka.flumeBatchSize", "0")
        .set("a1.sinks.kafka.topics.rare", "rare-messages");

    pipeline.start().agent().awaitLog(NOTHING);

    assertThat(error())
        .contains("sink 'kafka'")
        .contains("kafka.bootstrap.servers is missing")
        .contains("guarantee = \"at-most-once\"")
        .contains("flumeBatchSize = \"0\"")
        .contains("topics.rare is not a known key; the nearest is topics.raw");
  }

  @Test
  void refusesToReadAFolderAsALog() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("logs"));
    pipeline.config().replace("a1.sources.tail.paths", directory);

    pipeline.start().agent().awaitLog(directory.toString());

    pipeline.agent().awaitLog("is a directory");
  }

  private String error() {
    String log = pipeline.agent().log();
    return log.substring(log.indexOf(" ERROR "));
  }
}
