package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sluice.monitoring.SinkStateMXBean;
import io.sluice.monitoring.SourceStateMXBean;
import io.sluice.monitoring.ValidatorStateMXBean;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.ChannelCounterMBean;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final Pattern NAME = Pattern.compile("\\b(?:sluice|flume)_[a-z0-9_]+\\b");
  private static final Set<String> PARTS = Set.of("_bucket", "_count", "_sum");

  /** A line of the text format: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*\\})?"
              + " (?:-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?|[+-]Inf|NaN)");

  @Test
  void everyMetricReadsAnAttributeThatAComponentHas() throws ClassNotFoundException {
    Map<String, List<Class<?>>> beans =
        Map.of(
            "source",
            List.of(
                Class.forName("io.sluice.source.LogFileSourceCounterMBean"),
                SourceStateMXBean.class),
            "validator",
            List.of(
                Class.forName("io.sluice.interceptor.ValidationMetricsMBean"),
                ValidatorStateMXBean.class),
            "channel",
            List.of(ChannelCounterMBean.class),
            "sink",
            List.of(Class.forName("io.sluice.sink.SinkMetricsMBean"), SinkStateMXBean.class));

    for (Metric metric : Metrics.ALL) {
      assertThat(
              beans.get(metric.kind()).stream()
                  .flatMap(bean -> List.of(bean.getMethods()).stream()))
          .extracting(Method::getName)
          .as(metric.fullName())
          .containsAnyOf("get" + metric.attribute(), "is" + metric.attribute());
    }
  }

  @Test
  void theTextIsAsPrometheusReadsItWhateverAPathHolds() {
    Agents agent = everything().with("source", Map.of("Odd", 1L));
    AgentView view = agent.at(10);
    var hostile = new Component("sink", "a\"b\\c\nd", Map.of("Connected", true));
    var all = new java.util.ArrayList<>(view.components());
    all.add(hostile);
    view = new AgentView(1, 2, all);

    String text = text(view, "");

    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches(SAMPLE));
    assertThat(text)
        .contains("sluice_sink_connected{component=\"a\\\"b\\\\c\\nd\"} 1.0")
        .contains("flume_source_odd{component=\"it\"} 1.0");
    assertThat(text(view, "application/openmetrics-text")).endsWith("# EOF\n");
  }

  @Test
  void unitsAreThoseOfTheNames() {
    AgentView view =
        Agents.healthy()
            .with("sink", Map.of("KafkaWaitMillis", 1_500L, "InFlightMillis", 250L))
            .at(10);

    assertThat(text(view, ""))
        .contains("sluice_sink_kafka_wait_seconds_total{component=\"it\"} 1.5")
        .contains("sluice_sink_in_flight_seconds{component=\"it\"} 0.25");
  }

  @Test
  void everyMetricIsExplainedAndNoOther() throws IOException {
    String operating = Files.readString(Path.of("docs/operating.md"));
    Set<String> explained =
        Pattern.compile("^\\| `((?:sluice|flume)_[a-z_]+)`", Pattern.MULTILINE)
            .matcher(operating)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(explained).isEqualTo(Metrics.names());
  }

  @Test
  void alertsAndDashboardNameOnlyMetricsThatThereAre() throws IOException {
    for (String file : List.of("conf/alerts.yml", "conf/grafana-dashboard.json")) {
      Set<String> named =
          NAME.matcher(Files.readString(Path.of(file)).replaceAll("sluice_agent\\b", ""))
              .results()
              .map(MatchResult::group)
              .map(MetricsTest::whole)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(named).as(file).hasSizeGreaterThan(5).isSubsetOf(Metrics.names());
    }
  }

  @Test
  void everyAlertLeadsToItsExplanation() throws IOException {
    String alerts = Files.readString(Path.of("conf/alerts.yml"));
    String operating = Files.readString(Path.of("docs/operating.md"));
    List<String> anchors =
        Pattern.compile("docs/operating\\.md#([a-z-]+)")
            .matcher(alerts)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(anchors).hasSize((int) alerts.lines().filter(l -> l.contains("alert:")).count());
    assertThat(anchors)
        .allSatisfy(anchor -> assertThat(operating).contains("### " + anchor + "\n"));
  }

  @Test
  void theDashboardIsJsonWithAQueryInEveryPanel() throws IOException {
    JsonObject dashboard =
        JsonParser.parseString(Files.readString(Path.of("conf/grafana-dashboard.json")))
            .getAsJsonObject();

    assertThat(dashboard.get("title").getAsString()).isEqualTo("Sluice");
    for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
      assertThat(panel.getAsJsonObject().getAsJsonArray("targets")).isNotEmpty();
    }
  }

  private static String whole(String name) {
    for (String part : PARTS) {
      if (name.endsWith(part)) {
        return name.substring(0, name.length() - part.length());
      }
    }
    return name;
  }

  private static Agents everything() {
    Agents agents = Agents.healthy();
    for (Metric metric : Metrics.ALL) {
      var one = new HashMap<String, Object>();
      one.put(metric.attribute(), 7L);
      agents.with(metric.kind(), one);
    }
    return agents;
  }

  private static String text(AgentView view, String accept) {
    return new MetricsText().of(view, List.of(new Alarm("x", "sink 'it'", "y")), accept).text();
  }
}
