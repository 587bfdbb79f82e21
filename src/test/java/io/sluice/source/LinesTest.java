package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.lines.LineReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line is. */
final class LinesTest {
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  LinesTest(@TempDir Path directory) {
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  @Test
  void theLastLineWithoutALineFeedIsShippedWhole() {
    agent.set("partialLineTimeoutMillis", "30000");
    log.append("a").appendPart("the en");
    assertThat(agent.start().settle().lines()).containsExactly("a");
    log.appendPart("d");
    agent.settle();
    assertThat(agent.lines()).containsExactly("a");
    agent.wait(Duration.ofSeconds(30)).settle();
    assertThat(agent.lines()).containsExactly("a", "the end");
    log.appendPart("\n").append("b");
    assertThat(agent.settle().lines()).containsExactly("a", "the end", "", "b");
  }

  @Test
  void theLastLineOfADeletedFileIsShippedWithoutItsLineFeed() {
    agent.set("partialLineTimeoutMillis", "0");
    log.append("a").appendPart("the end");
    agent.start().settle();
    log.delete();
    agent.settle().wait(Duration.ofMinutes(3)).settle();
    assertThat(agent.lines()).containsExactly("a", "the end");
  }

  @Test
  void aLineThatIsTooLongIsCut() {
    agent.set("maxLineBytes", "100").set("longLines", "truncate");
    log.append("x".repeat(101), "y".repeat(100), "z");
    assertThat(agent.start().settle().lines())
        .containsExactly("x".repeat(100), "y".repeat(100), "z");
  }

  @Test
  void aLineThatIsTooLongIsSplit() {
    agent.set("maxLineBytes", "100").set("longLines", "split").set("batchSize", "2");
    log.append("x".repeat(250), "y".repeat(100), "z");
    assertThat(agent.start().settle().lines())
        .containsExactly("x".repeat(100), "x".repeat(100), "x".repeat(50), "y".repeat(100), "z");
  }

  @Test
  void aLineThatIsTooLongIsInvalid() {
    agent.set("maxLineBytes", "100");
    log.append("x".repeat(250), "z");
    assertThat(agent.start().settle().lines()).containsExactly("x".repeat(100), "z");
    assertThat(agent.events().get(0).getHeaders())
        .containsEntry("validation", "invalid")
        .containsEntry("validation.reason", "TOO_LONG")
        .containsEntry("validation.value", "250");
  }

  @Test
  void aLineOfManyBlocksIsCutAtItsBound() {
    agent.set("maxLineBytes", "100").set("longLines", "truncate");
    log.append("x".repeat(5 * LineReader.BLOCK_BYTES), "z");
    assertThat(agent.start().settle().restart().settle().lines())
        .containsExactly("x".repeat(100), "z");
  }

  @Test
  void aLineOfManyBlocksIsSplitWhileItsEndIsNotThere() {
    agent.set("maxLineBytes", "200000").set("longLines", "split");
    log.appendPart("x".repeat(500_000));
    assertThat(agent.start().settle().lines()).hasSize(2);
    log.append("x");
    assertThat(agent.settle().lines()).hasSize(3);
    assertThat(agent.lines().get(2)).hasSize(100_001);
  }

  @Test
  void severalLinesMakeOneEvent() {
    agent.set("multiline.start", "^\\d{4}-").set("multiline.timeoutMillis", "5000");
    log.append("2026-11-01 boom", "  at a", "  at b", "2026-11-02 fine");
    assertThat(agent.start().process().deliver(10).lines())
        .containsExactly("2026-11-01 boom\n  at a\n  at b");
    agent.wait(Duration.ofSeconds(6)).settle();
    assertThat(agent.lines()).containsExactly("2026-11-01 boom\n  at a\n  at b", "2026-11-02 fine");
  }

  @Test
  void anEventOfSeveralLinesIsNotCutByARestart() {
    agent.set("multiline.start", "^\\d").set("multiline.timeoutMillis", "60000");
    log.append("1", " a");
    agent.start().turn().deliver(10).restart();
    log.append(" b", "2");
    assertThat(agent.settle().lines()).containsExactly("1\n a\n b");
  }

  @Test
  void anEventOfSeveralLinesHasBounds() {
    agent.set("multiline.start", "^\\d").set("multiline.maxLines", "2").set("maxLineBytes", "64");
    log.append("1", " a", " b", " c", "2", " " + "x".repeat(40), " " + "y".repeat(40), "3");
    assertThat(agent.start().settle().wait(Duration.ofSeconds(2)).settle().lines())
        .containsExactly("1\n a", " b\n c", "2\n " + "x".repeat(40), " " + "y".repeat(40), "3");
  }

  @Test
  void otherCharactersBecomeUtf8() {
    agent.set("charset", "ISO-8859-1");
    log.write("Größe\r\nZoë\n".getBytes(ISO_8859_1));
    assertThat(text(agent.start().settle())).containsExactly("Größe", "Zoë");
  }

  @Test
  void utf16IsToldByItsMark() {
    agent.set("charset", "UTF-16");
    log.write("\uFEFFĊ Größe\r\nĀ\nऊ\n".getBytes(UTF_16LE));
    assertThat(text(agent.start().settle())).containsExactly("Ċ Größe", "Ā", "ऊ");
  }

  @Test
  void whatCannotBeDecodedIsReplaced() {
    agent.set("charset", "UTF-8");
    log.write(LogFixture.bytes(0xEF, 0xBB, 0xBF, 'a', 0xFF, 'b', '\n'));
    assertThat(text(agent.start().settle())).containsExactly("a\uFFFDb");
  }

  private static List<String> text(AgentFixture agent) {
    return agent.events().stream().map(event -> new String(event.getBody(), UTF_8)).toList();
  }
}
