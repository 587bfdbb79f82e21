package io.sluice.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sluice.monitoring.CertificateMXBean;
import io.sluice.monitoring.SinkStateMXBean;
import io.sluice.monitoring.SourceStateMXBean;
import io.sluice.monitoring.ValidatorStateMXBean;
import io.sluice.streams.StreamsStateMXBean;
import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.ChannelCounterMBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
  private static final Pattern NAME =
      Pattern.compile("\\b(?:sluice|flume|process|jvm)_[a-z0-9_]+\\b");
  private static final Path ALERTS_TEST = Path.of("src/test/alerts/alerts-test.yml");
  private static final Set<String> PARTS = Set.of("_bucket", "_count", "_sum");

  /** A line of the text format: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n"
              + "]|\\\\[\\\\\"n])*\",?)*\\})? (?:-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?|[+-]Inf|NaN)");

  @Test
  void everyMetricReadsAnAttributeThatAComponentHas() throws ClassNotFoundException {
    Map<String, List<Class<?>>> beans =
        Map.of(
            "source",
            List.of(
                Class.forName("io.sluice.source.metrics.SourceMetricsMBean"),
                SourceStateMXBean.class),
            "validator",
            List.of(
                Class.forName("io.sluice.interceptor.ValidationMetricsMBean"),
                ValidatorStateMXBean.class),
            "channel",
            List.of(ChannelCounterMBean.class),
            "streams",
            List.of(StreamsStateMXBean.class),
            "server",
            List.of(CertificateMXBean.class),
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
  void manyNamesMakeFewSeries() {
    var series = new FileSeries(2);
    long hour = java.util.concurrent.TimeUnit.HOURS.toNanos(1);
    assertThat(series.choose(List.of("a", "b", "c"), 0)).containsExactlyInAnyOrder("a", "b");
    assertThat(series.choose(List.of("d", "e", "f"), 1)).containsExactlyInAnyOrder("a", "b");
    assertThat(series.choose(List.of("d", "a", "f"), hour)).containsExactlyInAnyOrder("a", "d");
    assertThat(new FileSeries(0).choose(List.of("a"), 0)).isEmpty();
  }

  @Test
  void theProcessShowsWhatItTakes() {
    assertThat(text(Agents.healthy().at(10), ""))
        .contains("process_cpu_seconds_total ", "jvm_gc_collection_seconds_count{gc=\"")
        .contains("sluice_clock_seconds ");
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
        Pattern.compile("^\\| `((?:sluice|flume|process|jvm)_[a-z_]+)`", Pattern.MULTILINE)
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
  void everyAlertIsTestedWhereItFiresAndWhereItDoesNot() throws IOException {
    List<String> tests = List.of(Files.readString(ALERTS_TEST).split("(?m)^ *alert_rule_test:$"));
    var fires = new TreeSet<String>();
    var doesNot = new TreeSet<String>();
    for (String test : tests.subList(1, tests.size())) {
      Matcher alert = Pattern.compile("alertname: (\\w+)").matcher(test);
      assertThat(alert.find()).isTrue();
      (test.contains("exp_alerts:") ? fires : doesNot).add(alert.group(1));
    }
    Set<String> all =
        Pattern.compile("alert: (\\w+)")
            .matcher(Files.readString(Path.of("conf/alerts.yml")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(fires).isEqualTo(all);
    assertThat(doesNot).isEqualTo(all);
  }

  @Test
  @Needs(Tool.PROMTOOL)
  void everyAlertFiresWhereItMustAndOnlyThere() throws Exception {
    Process promtool =
        new ProcessBuilder(Tool.PROMTOOL.path().toString(), "test", "rules", ALERTS_TEST.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
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
  void theDashboardIsAsGrafanaReadsIt() throws IOException {
    JsonObject dashboard = dashboard();

    assertThat(dashboard.get("title").getAsString()).isEqualTo("Sluice");
    assertThat(dashboard.get("schemaVersion").getAsInt()).isPositive();
    var ids = new TreeSet<Integer>();
    var places = new TreeSet<String>();
    for (JsonElement each : dashboard.getAsJsonArray("panels")) {
      JsonObject panel = each.getAsJsonObject();
      JsonObject place = panel.getAsJsonObject("gridPos");
      int x = place.get("x").getAsInt();
      int y = place.get("y").getAsInt();
      assertThat(ids.add(panel.get("id").getAsInt())).as(panel.toString()).isTrue();
      assertThat(x + place.get("w").getAsInt()).isBetween(1, 24);
      for (int i = 0; i < place.get("w").getAsInt(); i++) {
        for (int j = 0; j < place.get("h").getAsInt(); j++) {
          assertThat(places.add((x + i) + " " + (y + j))).as(panel.toString()).isTrue();
        }
      }
      assertThat(panel.get("type").getAsString()).isIn("stat", "timeseries", "table");
      assertThat(panel.getAsJsonObject("datasource").get("uid").getAsString())
          .isEqualTo("${datasource}");
      var letters = new TreeSet<String>();
      for (JsonElement target : panel.getAsJsonArray("targets")) {
        assertThat(letters.add(target.getAsJsonObject().get("refId").getAsString())).isTrue();
      }
    }
    assertThat(queries(dashboard)).hasSizeGreaterThan(30);
  }

  @Test
  @Needs(Tool.PROMTOOL)
  void prometheusReadsEveryQueryOfTheDashboard(@TempDir Path folder) throws Exception {
    var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    for (String query : queries(dashboard())) {
      String filled = query.replace("$__rate_interval", "1m").replaceAll("\\$\\w+", "x");
      rules.append("      - record: a\n        expr: '" + filled + "'\n        labels: {n: \"");
      rules.append(rules.length()).append("\"}\n");
    }
    Path file = Files.writeString(folder.resolve("dashboard.yml"), rules);
    Process promtool =
        new ProcessBuilder(Tool.PROMTOOL.path().toString(), "check", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
  }

  private static JsonObject dashboard() throws IOException {
    return JsonParser.parseString(Files.readString(Path.of("conf/grafana-dashboard.json")))
        .getAsJsonObject();
  }

  private static List<String> queries(JsonObject dashboard) {
    var queries = new java.util.ArrayList<String>();
    for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
      JsonArray targets = panel.getAsJsonObject().getAsJsonArray("targets");
      assertThat(targets).isNotEmpty();
      targets.forEach(target -> queries.add(target.getAsJsonObject().get("expr").getAsString()));
    }
    return queries;
  }

  private static String whole(String name) {
    for (String part : PARTS) {
      if (name.endsWith(part) && !Metrics.names().contains(name)) {
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
    return new MetricsText(new FileSeries(50))
        .of(view, List.of(new Alarm("x", "sink 'it'", "y")), accept)
        .text();
  }
}
