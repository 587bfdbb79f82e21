package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration of TAILDIR with only its type changed. */
final class TaildirTest {
  @TempDir Path directory;
  private LogFixture log;
  private AgentFixture agent;
  private Path positions;

  @BeforeEach
  void layOut() throws IOException {
    log = new LogFixture(directory.resolve("test1/example.log"));
    positions = directory.resolve("taildir_position.json");
    Files.createDirectories(directory.resolve("test2"));
    agent =
        new AgentFixture(directory)
            .unset("paths")
            .set("type", "io.sluice.source.LogFileSource")
            .set("channels", "c1")
            .set("positionFile", positions.toString())
            .set("filegroups", "f1 f2")
            .set("filegroups.f1", log.path().toString())
            .set("headers.f1.headerKey1", "value1")
            .set("filegroups.f2", directory.resolve("test2/.*log.*").toString())
            .set("headers.f2.headerKey1", "value2")
            .set("headers.f2.headerKey2", "value2-2")
            .set("fileHeader", "true")
            .set("byteOffsetHeader", "true")
            .set("maxBatchCount", "1000");
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  @Test
  void headersAreThoseOfTaildir() {
    log.append("first", "second");
    LogFixture other = new LogFixture(directory.resolve("test2/a.log.1")).append("third");
    agent.start().settle();
    assertThat(agent.events().get(1).getHeaders())
        .isEqualTo(
            Map.of("headerKey1", "value1", "file", log.path().toString(), "byteoffset", "6"));
    assertThat(agent.events().get(2).getHeaders())
        .isEqualTo(
            Map.of(
                "headerKey1", "value2",
                "headerKey2", "value2-2",
                "file", other.path().toString(),
                "byteoffset", "0"));
  }

  @Test
  void itsPositionsAreImportedOnce() throws IOException {
    log.append("shipped by taildir", "new");
    writeTaildirPosition(19);
    assertThat(agent.start().settle().lines()).containsExactly("new");
    agent.stop();
    assertThat(Files.readString(positions)).contains("\"source\":\"tail\"");
    assertThat(directory.resolve("taildir_position.json.taildir")).exists();
    log.append("newer");
    assertThat(agent.start().settle().lines()).containsExactly("new", "newer");
  }

  @Test
  void itsPositionsAreImportedUnderExactlyOnceToo() throws IOException {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("shipped by taildir", "new");
    writeTaildirPosition(19);
    agent.start().settle().kill().start().settle();
    assertThat(agent.lines()).containsExactly("new");
  }

  @Test
  void skipToEndIsForTheFirstStartOnly() {
    agent.set("skipToEnd", "true");
    log.append("old");
    agent.start().settle();
    log.append("new");
    agent.settle().stop();
    log.append("newer");
    assertThat(agent.start().settle().lines()).containsExactly("new", "newer");
  }

  @Test
  void maxBatchCountGivesOtherFilesTheirTurn() {
    agent.set("maxBatchCount", "1").set("batchSize", "1");
    log.append("a", "b");
    new LogFixture(directory.resolve("test2/other.log")).append("c", "d");
    agent.start().turn().process().deliver(2);
    assertThat(agent.lines()).containsExactlyInAnyOrder("a", "c");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  private void writeTaildirPosition(long offset) throws IOException {
    Object inode = Files.getAttribute(log.path(), "unix:ino");
    Files.writeString(
        positions,
        "[{\"inode\":%s,\"pos\":%d,\"file\":\"%s\"}]".formatted(inode, offset, log.path()));
  }
}
