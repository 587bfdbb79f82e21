package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console of a real agent in a real browser, from the first line to the death of broker and
 * agent; hence the order. Without Chromium only what needs no browser is tested.
 *
 * <p>{@code -Dconsole.photographs=true} writes the pictures of {@code docs/images} anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleIT {
  private static final Path PICTURES = Path.of("docs/images");
  private static final boolean PHOTOGRAPHS = Boolean.getBoolean("console.photographs");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String TOKEN = "a-token-of-the-test";
  private static final int PORT = FreePort.find();
  private static final String ADDRESS = "http://127.0.0.1:" + PORT;

  @TempDir static Path folder;
  private static KafkaBroker broker;
  private static Pipeline pipeline;
  private static SteadyLog flow;
  private static Optional<Browser> browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(Files.createDirectories(folder.resolve("browser")));
    if (browser.isEmpty()) {
      System.out.println(
          "ConsoleIT: no Chromium here, so the page is not tested; apt-get install -y chromium");
    }
    broker = new KafkaBroker(folder.resolve("broker")).start();
    pipeline =
        new Pipeline("log-to-kafka.conf", folder.resolve("host"), broker.bootstrapServers())
            .createTopics();
    pipeline.config().replace("a1.sources.tail.interceptors.range.range", "[0,28]");
    pipeline
        .agent()
        .option("-Dflume.monitoring.type=io.sluice.console.Console")
        .option("-Dflume.monitoring.tokenFile=" + Files.writeString(folder.resolve("token"), TOKEN))
        .option("-Dflume.monitoring.port=" + PORT);
    pipeline.log().append("value=1");
    pipeline.start();
    pipeline.agent().awaitLog("console: " + ADDRESS);
  }

  @AfterAll
  static void stop() {
    browser.ifPresent(Browser::close);
    if (flow != null) {
      flow.close();
    }
    pipeline.close();
    broker.close();
  }

  @Test
  @Order(1)
  void isReadyWhenTheSinkIsConnected() {
    await("ready")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));

    assertThat(get("/readyz").body()).contains("\"ready\":true");
    assertThat(get("/healthz").body()).isEqualTo("{\"live\":true,\"reasons\":[],\"alarms\":[]}");
  }

  @Test
  @Order(2)
  void pageAsksForTheTokenAndSaysThatAllIsWell() {
    page().size(1280, 1180).open(ADDRESS + "/");
    page().awaitTrue("!document.getElementById('token').hidden");
    assertThat(page().text("lines")).isEqualTo("–");
    page()
        .evaluate(
            "document.getElementById('token-field').value = '%s';".formatted(TOKEN)
                + " document.getElementById('token').requestSubmit()");

    page().awaitTrue("document.getElementById('link').textContent === 'Live'");
    page().awaitTrue("!document.getElementById('calm').hidden");
    page().awaitTrue("document.getElementById('files').rows.length === 2");
    page().awaitTrue("document.getElementById('files').innerText.includes('8\u00a0B, 100\u00a0%')");
    photograph("idle");

    assertThat(page().text("kafka-state")).isEqualTo("Connected");
    assertThat(page().text("files")).contains("app.log");
  }

  @Test
  @Order(3)
  void aHostileLineIsShownAsTextWithItsReason() {
    String hostile = "<img/src=x/onerror=document.title='taken'>\u202e\u0007";
    pipeline.log().append("value=" + hostile, "value=29");

    page().awaitTrue("document.getElementById('invalid').innerText.includes('above the range')");

    assertThat(page().text("invalid"))
        .contains("<img/src=x/onerror=document.title='taken'>\\u{202e}\u2407")
        .contains("not a number")
        .contains("[0,28]")
        .contains("app.log, 8");
    assertThat(page().evaluate("document.images.length").getAsInt()).isZero();
    assertThat(page().evaluate("document.title").getAsString()).startsWith("Sluice");
  }

  @Test
  @Order(4)
  void numbersMoveWhileLinesFlow() {
    flow = new SteadyLog(folder.resolve("host/flow.log"), 3_000);

    page()
        .awaitTrue(
            "parseInt(document.getElementById('lines').textContent.replace(/,/g, '')) > 1000");
    String before = page().text("counts");
    page()
        .awaitTrue("document.getElementById('counts').innerText !== " + new Gson().toJson(before));

    assertThat(page().text("files-state")).isEqualTo("Reading");
    assertThat(page().text("delay")).endsWith("s");
    assertThat(page().text("ratio")).startsWith("96.");
    assertThat(page().text("kafka")).contains("committed").contains("exactly-once");
  }

  @Test
  @Order(5)
  void pageHasNoBarriersInLightAndDark() throws IOException {
    Browser page = page();
    page.evaluate(axe());
    for (String scheme : List.of("light", "dark")) {
      for (int width : scheme.equals("light") ? new int[] {1280, 390} : new int[] {1280}) {
        page.colours(scheme).size(width, 1180);
        JsonElement found =
            page.evaluate(
                "axe.run().then(r => r.violations.filter(v => ['serious', 'critical']"
                    + ".includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html)))");
        assertThat(found.getAsJsonArray()).as(scheme + ", " + width + " pixels").isEmpty();
      }
    }
  }

  @Test
  @Order(6)
  void prometheusUnderstandsTheMetrics() throws IOException, InterruptedException {
    String metrics = get("/metrics").body();

    assertThat(metrics)
        .contains("sluice_sink_connected{component=\"kafka\"} 1.0")
        .contains("sluice_sink_delay_seconds_bucket{component=\"kafka\",le=\"0.005\"}")
        .contains("sluice_validator_invalid_total{component=\"range\",reason=\"ABOVE\",")
        .contains("sluice_file_size_bytes{component=\"tail\",file=\"" + folder.resolve("host"))
        .contains("flume_channel_capacity_events{component=\"memory\"}");
    assertThat(promtool(metrics)).isEmpty();
  }

  /** What {@code promtool check metrics} objects to; nothing if there is no promtool. */
  private static List<String> promtool(String metrics) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("metrics.txt"), metrics);
    Process check =
        new ProcessBuilder(
                "sh",
                "-c",
                "command -v promtool > /dev/null || { echo no promtool here >&2; exit 0; };"
                    + " promtool check metrics < "
                    + file)
            .redirectError(folder.resolve("promtool.txt").toFile())
            .start();
    int status = check.waitFor();
    String said = Files.readString(folder.resolve("promtool.txt"));
    System.out.println("ConsoleIT: promtool check metrics: " + status + " " + said);
    return status == 0 ? List.of() : said.lines().toList();
  }

  @Test
  @Order(7)
  void nothingWentWrongInThePageAndNothingLeftTheHost() {
    photographs("load");

    // Beside the answer that a token is needed, and what the browser thinks of how the tool that
    // looks for barriers draws.
    assertThat(page().errors())
        .allMatch(
            error ->
                error.contains("the server responded with a status of 401")
                    || error.contains("\"functionName\":\"axe.run\""));
    assertThat(page().requests())
        .hasSizeGreaterThan(8)
        .allSatisfy(url -> assertThat(url).startsWith(ADDRESS + "/"));
  }

  @Test
  @Order(8)
  void saysWhenKafkaIsGone() {
    broker.process().kill();

    await("not ready")
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(503));
    assertThat(get("/readyz").body()).contains("\"ready\":false").contains("\"id\":\"sink-");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    if (browser.isPresent()) {
      page().awaitTrue("document.getElementById('alarms').innerText.includes(\"sink 'kafka'\")");
      photographs("broker-stopped");
    }
  }

  @Test
  @Order(9)
  void saysWhenTheAgentIsGone() {
    page();
    pipeline.agent().kill();

    page().awaitTrue("document.getElementById('link').textContent === 'Gone'");

    assertThat(page().text("gone")).startsWith("The agent is gone: no answer since ");
    assertThat(page().evaluate("document.body.className").getAsString()).isEqualTo("old");
    photograph("gone");
  }

  private static Browser page() {
    assumeTrue(browser.isPresent(), "no Chromium: apt-get install -y chromium");
    return browser.orElseThrow();
  }

  private static void photographs(String name) {
    page().colours("light").size(1280, 1180);
    photograph(name + "-light");
    page().colours("dark");
    photograph(name + "-dark");
    page().colours("light").size(390, 844);
    photograph(name + "-phone");
    page().size(1280, 1180);
  }

  private static void photograph(String name) {
    if (PHOTOGRAPHS) {
      page().evaluate("new Promise(done => setTimeout(done, 700))"); // until it has settled
      page().photograph(PICTURES.resolve("console-" + name + ".png"));
    }
  }

  private static String axe() throws IOException {
    try (InputStream script =
        ConsoleIT.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpResponse<String> get(String path) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(ADDRESS + path))
              .header("Authorization", "Bearer " + TOKEN)
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
