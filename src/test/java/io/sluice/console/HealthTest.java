package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Map<String, Agents> TROUBLES =
      Map.ofEntries(
          trouble("sink-refused", "sink", Map.of("Refused", true, "LastError", "fenced by x")),
          trouble("sink-disconnected", "sink", Map.of("Connected", false)),
          trouble("sink-stalled", "sink", Map.of("WaitingMillis", 10_000L)),
          trouble("streams-stopped", "streams", Map.of("Running", false, "StreamsState", "ERROR")),
          trouble("events-replaced", "sink", Map.of("ReplacedEventCount", 7L)),
          trouble("source-stuck", "source", Map.of("SilentMillis", 60_000L)),
          trouble("source-waiting", "source", Map.of("Reading", false)),
          trouble("channel-full", "channel", Map.of("ChannelFillPercentage", 90.0)),
          trouble("quality", "validator", Map.of("Alarm", 1L, "InvalidRatio", 0.125)),
          trouble("rules-refused", "validator", Map.of("RulesFileRefused", true)),
          trouble("lines-lost", "source", Map.of("GapCount", 1L)),
          trouble("lines-cut", "source", Map.of("LongLineCount", 1L)),
          trouble("file-unreadable", "source", Map.of("EventReadFail", 1L)),
          trouble("positions-unwritten", "source", Map.of("GenericProcessingFail", 1L)),
          trouble("undeliverable", "sink", Map.of("UndeliverableRecordCount", 2L)));

  private final History history = new History(new AgentReader());

  private static Map.Entry<String, Agents> trouble(
      String id, String kind, Map<String, Object> attributes) {
    return Map.entry(id, Agents.healthy().with(kind, attributes));
  }

  @Test
  void aHealthyAgentHasNoAlarm() {
    AgentView view = Agents.healthy().at(10);

    assertThat(Alarms.of(view, history)).isEmpty();
    assertThat(Health.live(view, history).isGood()).isTrue();
    assertThat(Health.ready(view, history).isGood()).isTrue();
  }

  @Test
  void eachTroubleRaisesItsAlarm() {
    TROUBLES.forEach(
        (id, agent) -> {
          var past = new History(new AgentReader());
          past.add(Agents.healthy().at(8));
          past.add(agent.at(10));
          assertThat(Alarms.of(agent.at(10), past)).extracting(Alarm::id).containsExactly(id);
        });
  }

  @Test
  void alarmsSayWhoAndWhy() {
    assertThat(Alarms.of(TROUBLES.get("quality").at(10), history))
        .containsExactly(
            new Alarm(
                "quality",
                "validator 'it'",
                "12.5 % of the latest lines are invalid, more than maxInvalidRatio allows."));
    assertThat(Alarms.of(TROUBLES.get("sink-refused").at(10), history).get(0).text())
        .isEqualTo("It has given up for good. fenced by x");
  }

  @Test
  void isReadyUnlessLinesCannotGetToKafka() {
    var notReady = new ArrayList<String>();
    TROUBLES.forEach(
        (id, agent) -> {
          if (!Health.ready(agent.at(10), history).isGood()) {
            notReady.add(id);
          }
        });

    assertThat(notReady)
        .containsExactlyInAnyOrder(
            "sink-refused",
            "sink-disconnected",
            "sink-stalled",
            "source-stuck",
            "source-waiting",
            "streams-stopped");
  }

  @Test
  void isAliveUnlessItsThreadsAreStuck() {
    TROUBLES.forEach(
        (id, agent) ->
            assertThat(Health.live(agent.at(10), history).isGood())
                .as(id)
                .isEqualTo(!id.equals("source-stuck")));
  }

  @Test
  void anAgentWithoutComponentsIsNotReady() {
    Health ready = Health.ready(new AgentView(0, 0, List.of()), history);

    assertThat(ready.reasons()).extracting(Alarm::id).containsExactly("no-components");
  }

  /** Flume does not show how full a channel is in bytes. */
  @Test
  void aChannelThatIsFullByBytesRefusesBatches() {
    Agents agent = Agents.healthy().with("source", Map.of("ChannelWriteFail", 2L));
    history.add(Agents.healthy().at(8));
    history.add(agent.at(10));
    assertThat(Alarms.of(agent.at(10), history))
        .extracting(Alarm::id)
        .containsExactly("channel-full");

    history.add(agent.at(90));
    assertThat(Alarms.of(agent.at(90), history)).as("over a minute later").isEmpty();
  }

  @Test
  void aSinkThatShowsNothingOfItselfIsSeenByWhatItTakes() {
    AgentView view =
        new AgentView(
            0,
            0,
            List.of(
                new Component("source", "http", Map.of("EventReadFail", 9L)),
                new Component("channel", "memory", Map.of("EventTakeAttemptCount", 1L))));

    assertThat(Health.ready(view, history).isGood()).isTrue();
  }

  @Test
  void everyAlarmIsExplained() throws Exception {
    String operating = Files.readString(Path.of("docs/operating.md"));
    assertThat(TROUBLES.keySet())
        .allSatisfy(id -> assertThat(operating).contains("### " + id + "\n"));
    assertThat(operating).contains("### no-components\n");
  }
}
