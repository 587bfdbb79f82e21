package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final History history = new History(new AgentReader());

  @Test
  void makesRatesOfCounts() {
    history.add(agent(0, 0, 0).at(10));
    history.add(agent(400, 300, 40).at(12));

    History.Point point = history.since(0).get(0);
    assertThat(point.lines()).isEqualTo(200);
    assertThat(point.valid()).isEqualTo(150);
    assertThat(point.delayMillis()).isEqualTo(20); // 40 ms in 2 batches
    assertThat(point.channelPercent()).isEqualTo(1.0);
    assertThat(history.since(12_000)).isEmpty();
  }

  @Test
  void aRestartedCounterDoesNotCountBackwards() {
    history.add(agent(400, 0, 0).at(10));
    history.add(agent(100, 0, 0).at(12));

    assertThat(history.since(0).get(0).lines()).isEqualTo(50);
  }

  @Test
  void theDelayGrowsWhileKafkaIsSilent() {
    history.add(agent(0, 0, 0).at(10));
    history.add(agent(0, 0, 0).with("sink", Map.of("InFlightMillis", 5_000L)).at(12));

    assertThat(history.since(0).get(0).delayMillis()).isEqualTo(5_000);
  }

  @Test
  void keepsAQuarterOfAnHour() {
    for (int i = 0; i < 2_000; i++) {
      history.add(agent(i * 10L, 0, 0).at(2L * i));
    }

    assertThat(history.since(0)).hasSize(450);
    assertThat(history.increase(History.Sample::lines)).isEqualTo(4_490);
  }

  private static Agents agent(long lines, long valid, long delaySum) {
    return Agents.healthy()
        .with("source", Map.of("LineCount", lines))
        .with("validator", Map.of("ValidCount", valid))
        .with(
            "sink",
            Map.of("DelaySumMillis", delaySum, "DelayCounts", new long[] {delaySum / 20, 0}));
  }
}
