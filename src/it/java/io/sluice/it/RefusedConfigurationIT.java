package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flume logs a refused component and goes on without it; so the log has to say it all, and the
 * agent ends if it is told to.
 */
final class RefusedConfigurationIT {
  private static final String NOTHING = "nothing will be shipped";
  private static final int REFUSED = 78;

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void writeALog() {
    pipeline = new Pipeline("at-least-once.conf", folder, SharedBroker.bootstrapServers());
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
    assertThat(pipeline.agent().awaitEnd()).isEqualTo(REFUSED);
  }

  @Test
  void namesEveryProblemOfTheInterceptor() {
    pipeline
        .config()
        .replace("a1.sources.tail.interceptors.range.field", "column:3")
        .replace("a1.sources.tail.interceptors.range.range", "[20,10]");

    pipeline.start().agent().awaitLog(NOTHING);

    assertThat(error()).contains("field = \"column:3\"").contains("range = \"[20,10]\"");
    assertThat(pipeline.agent().awaitEnd()).isEqualTo(REFUSED);
  }

  @Test
  void withoutThePropertyTheAgentRunsOnAsFlumeDoes() {
    pipeline.config().replace("a1.sources.tail.interceptors.range.range", "[1,10] [5,20]");
    pipeline.agent().jvm("-Xmx256m");

    pipeline.start().agent().awaitLog("sink 'kafka': at-least-once");

    assertThat(error()).contains("range = \"[1,10] [5,20]\"", "overlap", NOTHING);
    assertThat(pipeline.agent().process().isAlive()).isTrue();
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
    assertThat(pipeline.agent().awaitEnd()).isEqualTo(REFUSED);
  }

  @Test
  void namesEveryProblemOfTheGateway() {
    pipeline
        .config()
        .set("a1.sources", "http")
        .set("a1.sources.http.type", "io.sluice.gateway.GatewaySource")
        .set("a1.sources.http.channels", "memory")
        .set("a1.sources.http.prot", "80")
        .set("a1.sources.http.ack", "both");

    assertThat(pipeline.start().agent().awaitEnd()).isEqualTo(REFUSED);

    assertThat(error())
        .contains("source 'http': 2 problems", "prot is not a known key", "ack = \"both\"");
  }

  @Test
  void refusesAcknowledgementsThatNobodyCanGive() {
    AgentConfig config =
        AgentConfig.of(
            "a1.sources = http",
            "a1.channels = memory",
            "a1.sinks = null",
            "a1.sources.http.type = io.sluice.gateway.GatewaySource",
            "a1.sources.http.channels = memory",
            "a1.sources.http.ack = kafka",
            "a1.channels.memory.type = memory",
            "a1.sinks.null.type = null",
            "a1.sinks.null.channel = memory");

    assertThat(pipeline.agent().start(config).awaitEnd()).isEqualTo(REFUSED);

    assertThat(error())
        .contains("ack = \"kafka\" is not possible: no RoutingKafkaSink drains its channel");
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
