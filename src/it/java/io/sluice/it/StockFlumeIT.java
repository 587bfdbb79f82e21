package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ground under all other tests: broker and agent work by themselves, without Sluice. */
final class StockFlumeIT {
  @TempDir Path folder;

  @Test
  void stockFlumeShipsAFileToTheBroker() {
    var log = new LogFile(folder.resolve("app.log")).appendReadings(0, 1_000);
    try (var topics = new Topics(SharedBroker.bootstrapServers());
        var agent = new FlumeAgent(folder).stock()) {
      topics.create("stock");
      agent.start(
          AgentConfig.stock(
              folder.resolve("app.log"), folder, SharedBroker.bootstrapServers(), "stock"));
      topics.awaitCount("stock", 1_000);

      assertThat(topics.values("stock")).containsExactlyElementsOf(log.lines());
      assertThat(agent.terminate()).isTrue();
    }
  }
}
