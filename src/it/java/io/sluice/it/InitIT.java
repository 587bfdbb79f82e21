package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice init} writes after a look at a log ships every line of that log. */
final class InitIT {
  private static final int EVENTS = 400;

  @TempDir Path folder;

  /** One log, its configuration and the agent that runs it. */
  private static final class Life implements AutoCloseable {
    private final String prefix;
    private final Path conf;
    private final Path log;
    private final List<byte[]> events = new ArrayList<>();
    private final FlumeAgent agent;

    Life(Path folder, String kind) throws IOException {
      prefix = "init-" + kind + "-";
      conf = folder.resolve(kind + ".conf");
      log = folder.resolve(kind + ".log");
      agent = new FlumeAgent(folder.resolve(kind));
      var text = new StringBuilder();
      for (int i = 0; i < EVENTS; i++) {
        String event =
            switch (kind) {
              case "json" ->
                  "{\"at\":\"2026-11-01\",\"oven\":{\"temp\":%d}}".formatted(180 + i % 50);
              case "pairs" -> "10:00:00 oven=%d temp=%d.5".formatted(i % 5, 180 + i % 50);
              default ->
                  "2026-11-01 10:00:00 oven took: %d ms%s"
                      .formatted(i, i % 3 == 0 ? "\n  at the door\n  at the fan" : "");
            };
        events.add(event.getBytes(StandardCharsets.UTF_8));
        text.append(event).append('\n');
      }
      Files.writeString(log, text);
    }

    JavaProcess init(CommandLineTool sluice, String option) {
      return sluice.run(
          "init",
          log.toString(),
          "--out",
          conf.toString(),
          "--bootstrap-server",
          SharedBroker.bootstrapServers(),
          "--topic-prefix",
          prefix,
          "--delivery-id",
          prefix + "1",
          option);
    }

    String[] topics() {
      return new String[] {
        prefix + "raw-messages", prefix + "valid-messages", prefix + "invalid-messages"
      };
    }

    @Override
    public void close() {
      agent.close();
    }
  }

  @Test
  void whatIsWrittenIsCleanAndShipsEveryLine() throws Exception {
    try (var sluice = new CommandLineTool(folder.resolve("cli"));
        var topics = new Topics(SharedBroker.bootstrapServers());
        var json = new Life(folder, "json");
        var pairs = new Life(folder, "pairs");
        var text = new Life(folder, "text")) {
      for (Life life : List.of(json, pairs, text)) {
        JavaProcess init = life.init(sluice, life == json ? "--connect" : "--yes");
        if (life == json) {
          assertThat(init.output())
              .contains(
                  "Create them with:\n  sluice topics --bootstrap-server %s --create %s\n"
                      .formatted(SharedBroker.bootstrapServers(), String.join(" ", life.topics())));
        }
        assertThat(init.output()).endsWith(life.conf + ": no errors, no warnings\n");
        assertThat(init.exitCode()).isZero();
        topics.create(life.topics());
      }
      for (Life life : List.of(json, pairs, text)) {
        life.agent.start(AgentConfig.read(life.conf));
      }
      for (Life life : List.of(json, pairs, text)) {
        String[] names = life.topics();
        topics.awaitCount(names[0], EVENTS);
        List<byte[]> valid = topics.values(names[1]);
        List<byte[]> invalid = topics.values(names[2]);
        Tally raw = new Tally().written(life.events).arrived(topics.values(names[0]));
        Tally judged = new Tally().written(life.events).arrived(valid).arrived(invalid);
        String complete = "written=400 arrived=400 lost=0 duplicates=0";
        assertThat(raw).as(life.prefix).hasToString(complete);
        assertThat(judged).as(life.prefix).hasToString(complete);
        assertThat(
                sluice
                    .run("judge", "--json", "--summary", "--config", life.conf + "", life.log + "")
                    .output())
            .contains(
                "\"lines\":400,\"valid\":%d,\"invalid\":%d,"
                    .formatted(valid.size(), invalid.size()));
      }
    }
  }
}
