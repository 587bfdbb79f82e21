package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console's page in a real browser; each test has an agent and a browser for itself.
 *
 * <p>{@code -Dconsole.photographs=true} writes the pictures of {@code docs/images}.
 */
@Needs(Tool.CHROMIUM)
final class ConsolePageIT {
  private static final Path PICTURES = Path.of("docs/images");
  private static final boolean PHOTOGRAPHS = Boolean.getBoolean("console.photographs");
  private static final String HOSTILE = "<img/src=x/onerror=document.title='taken'>\u202e\u0007";

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private ConsoleScene scene;
  private Browser page;

  @BeforeAll
  static void startBroker() {
    broker = new KafkaBroker(brokerFolder.resolve("broker")).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) throws IOException {
    String prefix = test.getTestMethod().orElseThrow().getName() + "-";
    scene = new ConsoleScene(folder, broker.bootstrapServers(), prefix);
    scene.pipeline().log().append("value=1");
    scene.start();
    page = new Browser().size(1280, 1180);
  }

  @AfterEach
  void stop() {
    page.close();
    scene.close();
  }

  private void open() {
    page.open(scene.address() + "/");
    page.awaitTrue("!document.getElementById('token').hidden");
    page.evaluate(
        "document.getElementById('token-field').value = '%s';".formatted(ConsoleScene.TOKEN)
            + " document.getElementById('token').requestSubmit()");
    page.awaitTrue("document.getElementById('link').textContent === 'Live'");
  }

  private void showAnInvalidLine() {
    scene.pipeline().log().append("value=" + HOSTILE, "value=29");
    page.awaitTrue("document.getElementById('invalid').innerText.includes('above the range')");
  }

  private SteadyLog flow() {
    return new SteadyLog(scene.folder().resolve("flow.log"), 3_000);
  }

  @Test
  void asksForTheTokenAndSaysThatAllIsWell() {
    page.open(scene.address() + "/");
    page.awaitTrue("!document.getElementById('token').hidden");
    assertThat(page.text("lines")).isEqualTo("–");
    open();

    page.awaitTrue("!document.getElementById('calm').hidden");
    page.awaitTrue("document.getElementById('files').rows.length === 2");
    page.awaitTrue("document.getElementById('files').innerText.includes('8\u00a0B, 100\u00a0%')");
    photograph("idle");

    assertThat(page.text("kafka-state")).isEqualTo("Connected");
    assertThat(page.text("files")).contains("app.log");
  }

  @Test
  void showsAHostileLineAsTextWithItsReason() {
    open();

    showAnInvalidLine();

    assertThat(page.text("invalid"))
        .contains("<img/src=x/onerror=document.title='taken'>\\u{202e}\u2407")
        .contains("not a number")
        .contains("[0,28]")
        .contains("app.log, 8");
    assertThat(page.evaluate("document.images.length").getAsInt()).isZero();
    assertThat(page.evaluate("document.title").getAsString()).startsWith("Sluice");
  }

  @Test
  void numbersMoveWhileLinesFlow() {
    open();
    try (SteadyLog flow = flow()) {
      page.awaitTrue(
          "parseInt(document.getElementById('lines').textContent.replace(/,/g, '')) > 1000");
      String before = page.text("counts");
      page.awaitTrue(
          "document.getElementById('counts').innerText !== " + new Gson().toJson(before));

      assertThat(flow.written()).isPositive();
      assertThat(page.text("files-state")).isEqualTo("Reading");
      assertThat(page.text("delay")).endsWith("s");
      assertThat(page.text("ratio")).startsWith("96.");
      assertThat(page.text("kafka")).contains("committed").contains("exactly-once");
      photographs("load");
    }
  }

  @Test
  void hasNoBarriersInLightAndDark() throws IOException {
    open();
    showAnInvalidLine();
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
  void nothingGoesWrongInThePageAndNothingLeavesTheHost() {
    open();
    showAnInvalidLine();

    // Next to the answer that a token is needed.
    assertThat(page.errors())
        .allMatch(error -> error.contains("the server responded with a status of 401"));
    assertThat(page.requests())
        .hasSizeGreaterThan(8)
        .allSatisfy(url -> assertThat(url).startsWith(scene.address() + "/"));
  }

  @Test
  void saysWhenKafkaIsGone() {
    open();
    broker.process().kill();
    try (SteadyLog flow = flow()) {
      page.awaitTrue("document.getElementById('alarms').innerText.includes(\"sink 'kafka'\")");
      photographs("broker-stopped");
      assertThat(flow.written()).isPositive();
    } finally {
      broker.start();
    }
  }

  @Test
  void saysWhenTheAgentIsGone() {
    open();
    scene.pipeline().agent().kill();

    page.awaitTrue("document.getElementById('link').textContent === 'Gone'");

    assertThat(page.text("gone")).startsWith("The agent is gone: no answer since ");
    assertThat(page.evaluate("document.body.className").getAsString()).isEqualTo("old");
    photograph("gone");
  }

  private void photographs(String name) {
    page.colours("light").size(1280, 1180);
    photograph(name + "-light");
    page.colours("dark");
    photograph(name + "-dark");
    page.colours("light").size(390, 844);
    photograph(name + "-phone");
    page.size(1280, 1180);
  }

  private void photograph(String name) {
    if (PHOTOGRAPHS) {
      page.evaluate("new Promise(done => setTimeout(done, 700))"); // until it has settled
      page.photograph(PICTURES.resolve("console-" + name + ".png"));
    }
  }

  private static String axe() throws IOException {
    try (InputStream script =
        ConsolePageIT.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
