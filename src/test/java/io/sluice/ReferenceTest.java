package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.console.Console;
import io.sluice.gateway.GatewaySource;
import io.sluice.interceptor.RangeInterceptor;
import io.sluice.sink.RoutingKafkaSink;
import io.sluice.source.LogFileSource;
import io.sluice.streams.StreamsValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
  private static final Path PAGE = Path.of("docs/reference.md");

  @Test
  void pageSaysWhatTheParsersDo() throws IOException {
    String generated = page();
    if (Boolean.getBoolean("reference.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, generated);
    }

    assertThat(PAGE)
        .as("generated page; -Dreference.write=true writes it anew")
        .hasContent(generated);
  }

  private static String page() {
    return new ReferencePage()
        .section(
            "LogFileSource",
            """
            `type = io.sluice.source.LogFileSource`. Reads log files line by line. Every key of
            Flume's TAILDIR is accepted with its meaning.
            """,
            LogFileSource.SETTINGS)
        .section(
            "RangeInterceptor",
            """
            `type = io.sluice.interceptor.RangeInterceptor$Builder`. Judges each event by one rule,
            or by several: then the keys of each rule stand behind `rules.NAME.`.
            """,
            RangeInterceptor.SETTINGS)
        .section(
            "RoutingKafkaSink",
            """
            `type = io.sluice.sink.RoutingKafkaSink`. Ships events to Kafka. Every key of Flume's
            KafkaSink is accepted with its meaning.
            """,
            RoutingKafkaSink.SETTINGS)
        .section(
            "GatewaySource",
            """
            `type = io.sluice.gateway.GatewaySource`. Takes messages over HTTP into the channel, and
            gives messages of topics to clients over HTTP. Paths and answers: [gateway.md](gateway.md).
            """,
            GatewaySource.SETTINGS)
        .section(
            "Console",
            """
            `-Dflume.monitoring.type=io.sluice.console.Console` in the agent's `JAVA_OPTS`; each key
            is a system property behind `flume.monitoring.`, such as `-Dflume.monitoring.port=41414`.
            """,
            Console.SETTINGS)
        .section(
            "Kafka Streams application",
            """
            `bin/sluice streams --config FILE`, a properties file. Judges records on the cluster; the
            keys of the rules are those of RangeInterceptor.
            """,
            StreamsValidator.SETTINGS)
        .toString();
  }
}
