package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts and the board on metrics as agents really have them, one agent for each sample: no
 * alert fires on them, each fires when just its metric goes bad, and each query finds something.
 * When an alert fires, and for how long, is in {@code src/test/alerts}.
 */
@Needs(Tool.PROMTOOL)
final class AlertsIT {
  private static final List<String> SAMPLES =
      List.of(
          "log-to-kafka",
          "at-least-once",
          "durable",
          "kubernetes",
          "gateway",
          "topic-validator",
          "secure");

  /** The metric that goes bad, and how, minute by minute; promtool's clock starts at 0. */
  private static final Map<String, List<String>> SICK =
      Map.ofEntries(
          Map.entry("SluiceAgentGone", List.of("up\\{.*", "0x90")),
          Map.entry("SluiceNoComponents", List.of("sluice_alarm\\{.*", "1x90")),
          Map.entry("SluiceSinkRefused", List.of("sluice_sink_refused\\{.*", "1x90")),
          Map.entry("SluiceSinkDisconnected", List.of("sluice_sink_connected\\{.*", "0x90")),
          Map.entry("SluiceSinkStalled", List.of("sluice_sink_waiting_seconds\\{.*", "60x90")),
          Map.entry("SluiceSourceStuck", List.of("sluice_source_silent_seconds\\{.*", "90x90")),
          Map.entry("SluiceSourceWaiting", List.of("sluice_source_reading\\{.*", "0x90")),
          Map.entry("SluiceLinesLost", List.of("sluice_source_gaps_total\\{.*", "0+1x90")),
          Map.entry("SluiceLinesCut", List.of("sluice_source_long_lines_total\\{.*", "0+1x90")),
          Map.entry(
              "SluiceFileUnreadable",
              List.of("flume_source_event_read_failures_total\\{.*", "0+1x90")),
          Map.entry(
              "SluicePositionsUnwritten",
              List.of("flume_source_processing_failures_total\\{.*", "0+1x90")),
          Map.entry("SluiceClockOff", List.of("sluice_clock_seconds\\{.*", "1000+60x90")),
          Map.entry(
              "SluiceCertificateExpires",
              List.of("sluice_certificate_expiry_seconds\\{.*", "100000x90")),
          Map.entry(
              "SluiceUndeliverable",
              List.of("sluice_sink_undeliverable_records_total\\{.*", "0+1x90")),
          Map.entry("SluiceStreamsStopped", List.of("sluice_streams_running\\{.*", "0x90")),
          Map.entry(
              "SluiceEventsReplaced", List.of("sluice_sink_replaced_events_total\\{.*", "0+1x90")),
          Map.entry("SluiceChannelFull", List.of("flume_channel_fill_percent\\{.*", "95x90")),
          Map.entry(
              "SluiceFallsBehind", List.of("sluice_source_lag_bytes\\{.*", "200000000+1000x90")),
          Map.entry(
              "SluiceDelayed",
              List.of("sluice_sink_delay_seconds_bucket\\{.*le=\"\\+Inf\".*", "0+100x90")),
          Map.entry("SluiceQuality", List.of("sluice_validator_alarm\\{.*", "1x90")),
          Map.entry(
              "SluiceRulesRefused", List.of("sluice_validator_rules_file_refused\\{.*", "1x90")));

  private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void alertsAndBoardFitWhatAgentsOfEverySampleShow() throws Exception {
    Map<String, String> healthy = new TreeMap<>();
    try (var topics = new Topics(SharedBroker.bootstrapServers())) {
      topics.create("raw-messages", "valid-messages", "invalid-messages", "source-topic");
      for (String sample : SAMPLES) {
        healthy.putAll(scrape(sample));
      }
      healthy.putAll(scrapeStreams());
    }
    Map<String, String> alerts = alerts();
    assertThat(SICK).containsOnlyKeys(alerts.keySet());
    List<Object> tests = new ArrayList<>();
    tests.add(test(healthy, alerts.values().stream().map(alert -> expect(alert, false)).toList()));
    tests.add(test(healthy, queries().stream().map(query -> expect(query, true)).toList()));
    alerts.forEach(
        (name, expression) ->
            tests.add(test(sick(name, healthy), List.of(expect(expression, true)))));

    // Each JSON text is YAML too.
    Path file =
        Files.writeString(
            folder.resolve("test.yml"),
            new Gson().toJson(Map.of("evaluation_interval", "1m", "tests", tests)));
    Process promtool =
        new ProcessBuilder(Tool.PROMTOOL.path().toString(), "test", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    System.out.printf(
        "%d series of %d samples, %d alerts, %d queries of the board: %s%n",
        healthy.size(), SAMPLES.size(), alerts.size(), queries().size(), said.strip());
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  /** Series, with the labels that Prometheus adds, and their values of now for good. */
  private Map<String, String> scrape(String sample) throws Exception {
    Path own = Files.createDirectories(folder.resolve(sample));
    AgentConfig config =
        AgentConfig.sample(sample + ".conf").relocate("/var/lib/flume", own.resolve("state"));
    int port = FreePort.find();
    int gateway = FreePort.find();
    for (String key : config.keysUnder("")) {
      if (key.endsWith("bootstrap.servers")) {
        config.set(key, SharedBroker.bootstrapServers());
      } else if (key.endsWith(".paths")) {
        config.set(key, own.resolve("*.log"));
      } else if (key.endsWith(".port")) {
        config.set(key, gateway);
      } else if (key.endsWith(".security.protocol")) {
        config.set(key, "PLAINTEXT"); // SecureIT logs in
      } else if (key.contains(".producer.ssl.") || key.contains(".producer.sasl.")) {
        config.without(key);
      }
    }
    new LogFile(own.resolve("app.log"))
        .append(
            "2026-11-26T10:00:00.0Z stdout F value=12", "2026-11-26T10:00:01.0Z stdout F value=99");
    try (var agent =
        new FlumeAgent(own.resolve("agent"))
            .option("-Dflume.monitoring.type=io.sluice.console.Console")
            .option("-Dflume.monitoring.port=" + port)) {
      agent.start(config).awaitLog("console: ");
      if (sample.equals("gateway")) {
        await("the gateway takes a message")
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> post(gateway, "12").equals("200") && post(gateway, "99").equals("200"));
      }
      await(sample + " has delivered")
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () ->
                  Pattern.compile("sluice_sink_records_total\\{.*} [1-9]")
                      .matcher(get(port, "metrics"))
                      .find());
      return series(port, sample);
    }
  }

  /** The same of the Kafka Streams application. */
  private Map<String, String> scrapeStreams() throws Exception {
    int port = FreePort.find();
    try (var sluice = CommandLineTool.inFlume(folder.resolve("validator-streams"))) {
      sluice.streams(
          Map.of(
              "kafka.bootstrap.servers",
              SharedBroker.bootstrapServers(),
              "console.port",
              Integer.toString(port)));
      await("the Kafka Streams application runs")
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> get(port, "metrics").contains("sluice_streams_running{"));
      await("it is ready").until(() -> get(port, "readyz").contains("\"ready\":true"));
      return series(port, "validator-streams");
    }
  }

  private static Map<String, String> series(int port, String sample) throws IOException {
    Map<String, String> series = new LinkedHashMap<>();
    series.put("up{job=\"sluice\",instance=\"" + sample + "\"}", "1x90");
    get(port, "metrics").lines().forEach(line -> add(line, sample, series));
    return series;
  }

  private static void add(String line, String sample, Map<String, String> series) {
    Matcher matcher = SERIES.matcher(line);
    if (!matcher.matches()) {
      return; // a comment
    }
    String labels = matcher.group(2) == null ? "" : matcher.group(2) + ",";
    String name =
        "%s{%sjob=\"sluice\",instance=\"%s\"}".formatted(matcher.group(1), labels, sample);
    boolean clock = matcher.group(1).equals("sluice_clock_seconds");
    double value = Double.parseDouble(matcher.group(3));
    series.put(name, clock ? "0+60x90" : "%.3fx90".formatted(value));
  }

  private static String get(int port, String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(port, path))))
        .body();
  }

  private static String post(int port, String message) throws IOException {
    return String.valueOf(
        send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/send".formatted(port)))
                .POST(BodyPublishers.ofString(message)))
            .statusCode());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> sick(String alert, Map<String, String> healthy) {
    List<String> change = SICK.get(alert);
    Map<String, String> changed = new TreeMap<>(healthy);
    // What a healthy agent has no series for, or one without TLS.
    if (alert.equals("SluiceNoComponents")) {
      changed.put("sluice_alarm{alarm=\"no-components\",component=\"agent\"}", "");
    } else if (alert.equals("SluiceCertificateExpires")) {
      changed.put("sluice_certificate_expiry_seconds{component=\"sluice-console\"}", "");
    }
    changed.replaceAll((series, values) -> series.matches(change.get(0)) ? change.get(1) : values);
    assertThat(changed).as(alert).isNotEqualTo(healthy);
    return changed;
  }

  private static Map<String, String> alerts() throws IOException {
    var alerts = new LinkedHashMap<String, String>();
    Pattern.compile("- alert: (\\w+)\\n(?: +#.*\\n)* +expr: '(.*)'\\n")
        .matcher(Files.readString(Homes.conf().resolve("alerts.yml")))
        .results()
        .forEach(alert -> alerts.put(alert.group(1), alert.group(2)));
    return alerts;
  }

  private static List<String> queries() throws IOException {
    var queries = new ArrayList<String>();
    JsonElement board =
        JsonParser.parseString(Files.readString(Homes.conf().resolve("grafana-dashboard.json")));
    for (JsonElement panel : board.getAsJsonObject().getAsJsonArray("panels")) {
      for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        queries.add(
            target
                .getAsJsonObject()
                .get("expr")
                .getAsString()
                .replace("$__rate_interval", "5m")
                .replace("$job", "sluice")
                .replace("$instance", ".+"));
      }
    }
    return queries;
  }

  private static Map<String, Object> test(Map<String, String> series, List<Object> expectations) {
    return Map.of(
        "interval",
        "1m",
        "input_series",
        series.entrySet().stream()
            .map(each -> Map.of("series", each.getKey(), "values", each.getValue()))
            .toList(),
        "promql_expr_test",
        expectations);
  }

  /** Whether the expression finds anything after an hour. */
  private static Object expect(String expression, boolean something) {
    return Map.of(
        "expr",
        "count(" + expression + ") > bool 0",
        "eval_time",
        "60m",
        "exp_samples",
        something ? List.of(Map.of("labels", "{}", "value", 1)) : List.of());
  }
}
