package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.delivery.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as container runtimes write them. */
final class ContainerLogTest {
  private static final String OUT = "2026-11-01T00:17:09.669794202Z stdout ";
  private static final String ERR = "2026-11-01T00:17:10.100000000Z stderr ";

  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  ContainerLogTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory).set("format", "cri");
    log = agent.log();
  }

  private List<String> texts() {
    return agent.events().stream().map(event -> new String(event.getBody(), UTF_8)).toList();
  }

  @Test
  void aLineIsItsTextWithStreamAndTimeAsHeaders() {
    log.append(OUT + "F hello  world ", ERR + "F ", OUT + "F:x tagged", ERR + "F");
    agent.start().settle();
    assertThat(texts()).containsExactly("hello  world ", "", "tagged", "");
    assertThat(agent.events().get(0).getHeaders())
        .containsEntry("stream", "stdout")
        .containsEntry("time", "2026-11-01T00:17:09.669794202Z");
    assertThat(agent.events().get(1).getHeaders()).containsEntry("stream", "stderr");
  }

  @Test
  void piecesAreJoinedAlsoOverARestart() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append(OUT + "F a", OUT + "P one ", OUT + "P two ");
    agent.start().settle().kill().start().settle();
    assertThat(texts()).containsExactly("a");
    log.append(OUT + "F three", OUT + "F b");
    agent.settle();
    assertThat(texts()).containsExactly("a", "one two three", "b");
  }

  @Test
  void mixedPiecesOfBothStreamsAreTold() {
    log.append(
        OUT + "P o1 ", ERR + "P e1 ", OUT + "P o2 ", ERR + "F e2", OUT + "F o3", OUT + "F x");
    agent.start().settle().restart().settle();
    assertThat(texts()).containsExactly("e1 e2", "o1 o2 o3", "x");
    assertThat(agent.events().get(0).getHeaders()).containsEntry("stream", "stderr");
  }

  @Test
  void aTextWithoutAnEndIsShippedInBoundedTime() {
    log.append(OUT + "P the last words");
    agent.start().settle().wait(Duration.ofMinutes(2)).settle();
    assertThat(texts()).containsExactly("the last words");
  }

  @Test
  void aTextThatIsTooLongIsCut() {
    agent.set("maxLineBytes", "100");
    for (int i = 0; i < 50; i++) {
      log.append(OUT + "P " + "x".repeat(20));
    }
    log.append(OUT + "F end", OUT + "F b");
    agent.start().settle();
    assertThat(texts()).containsExactly("x".repeat(100), "b");
    assertThat(agent.events().get(0).getHeaders())
        .containsEntry("validation.reason", "TOO_LONG")
        .containsEntry("validation.value", "1003")
        .containsEntry("stream", "stdout");
  }

  @Test
  void aLineOfAnotherFormatIsShippedAsItIs() {
    log.append(OUT + "P one", "no such line", "", OUT + "X y", OUT + "F b");
    agent.start().settle();
    assertThat(texts()).containsExactly("one", "no such line", "", OUT + "X y", "b");
    assertThat(agent.events().get(1).getHeaders()).doesNotContainKey("stream");
  }

  @Test
  void headersSurviveAFullChannel() {
    agent.channelOf(1, 1).set("batchSize", "1");
    log.append(OUT + "F a", OUT + "F b");
    agent.start().turn().turn().turn().settle();
    assertThat(texts()).containsExactly("a", "b");
    assertThat(agent.events())
        .allSatisfy(event -> assertThat(event.getHeaders()).containsEntry("stream", "stdout"));
  }

  @Test
  void dockersObjectsAreTakenApart() throws IOException {
    agent.set("format", "docker-json");
    Files.writeString(
        log.path(),
        """
        {"log":"Gr\\u00f6\\u00dfe \\"x\\"\\n","stream":"stdout","time":"2026-11-01T00:00:00.1Z"}
        {"log":"one ","stream":"stderr","time":"2026-11-01T00:00:00.2Z"}
        {"log":"two\\r\\n","stream":"stderr","attrs":{"a":["b"]},"time":"2026-11-01T00:00:00.3Z"}
        {"log":"\\n","stream":"stdout","time":"2026-11-01T00:00:00.4Z"}
        {"log":
        """,
        UTF_8);
    agent.start().settle();
    assertThat(texts()).containsExactly("Größe \"x\"", "one two", "", "{\"log\":");
    assertThat(agent.events().get(1).getHeaders())
        .containsEntry("stream", "stderr")
        .containsEntry("time", "2026-11-01T00:00:00.2Z");
  }

  @Test
  void kubeletsRotationLosesNothing() throws IOException {
    Path pod = Files.createDirectories(directory.resolve("pods/shop_web-0_1/web"));
    Path links = Files.createDirectories(directory.resolve("containers"));
    var current = new LogFixture(pod.resolve("0.log"));
    agent.set("paths", links + "/*.log");
    current.append(OUT + "F a");
    Files.createSymbolicLink(links.resolve("web-0_shop_web-1.log"), current.path());
    agent.start().settle();
    for (int i = 0; i < 5; i++) {
      current.append(OUT + "F old " + i);
      current.renameTo("0.log.20261101-00000" + i);
      current.append(OUT + "F new " + i);
      agent.settle();
      var old = new LogFixture(pod.resolve("0.log.20261101-00000" + i));
      old.gzipTo(old.path().getFileName() + ".tmp").delete();
      agent.turn();
      new LogFixture(pod.resolve(old.path().getFileName() + ".tmp"))
          .renameTo(old.path().getFileName() + ".gz");
      agent.settle();
    }
    assertThat(texts())
        .containsExactlyInAnyOrder(
            "a", "old 0", "new 0", "old 1", "new 1", "old 2", "new 2", "old 3", "new 3", "old 4",
            "new 4");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    agent.set("multiline.start", "^x");
    assertThatThrownBy(agent::start).hasMessageContaining("format does not go with");
  }
}
