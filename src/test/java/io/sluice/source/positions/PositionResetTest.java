package io.sluice.source.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.delivery.Position;
import io.sluice.source.AgentFixture;
import io.sluice.source.LogFixture;
import io.sluice.source.positions.PositionCheck.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Positions that are set by hand while the source is stopped. */
final class PositionResetTest {
  @TempDir Path directory;
  private LogFixture log;
  private AgentFixture agent;
  private StoredPositions positions;

  @BeforeEach
  void deliverThreeLines() {
    log = new LogFixture(directory.resolve("app.log"));
    agent = new AgentFixture(directory);
    positions = new StoredPositions(directory.resolve("state/positions.json"));
    log.append("a", "b", "c");
    agent.start().settle();
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private void reset(StoredPositions.Change change) throws IOException {
    assertThat(positions.change(change, false)).isTrue();
  }

  private Position only() throws IOException {
    return positions.read().get(0);
  }

  @Test
  void theSourceGoesOnFromTheBeginning() throws IOException {
    agent.stop();

    reset(all -> List.of(PositionReset.toBeginning(all.get(0))));

    assertThat(agent.start().settle().lines()).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void theSourceGoesOnFromALineInTheMiddle() throws IOException {
    agent.stop();

    reset(all -> List.of(PositionReset.toOffset(all.get(0), 2)));

    assertThat(agent.start().settle().lines()).containsExactly("a", "b", "c", "b", "c");
  }

  @Test
  void theSourceLeavesOutWhatIsBeforeTheEnd() throws IOException {
    agent.stop();
    log.append("d", "e").appendPart("half");

    reset(all -> List.of(PositionReset.toEnd(all.get(0))));

    log.appendPart(" a line\n");
    assertThat(agent.start().settle().lines()).containsExactly("a", "b", "c", "half a line");
  }

  @Test
  void aRunningSourceKeepsItsPositions() throws IOException {
    assertThat(positions.change(all -> List.of(), false)).isFalse();

    agent.stop();
    assertThat(positions.read()).hasSize(1);
    assertThat(positions.change(all -> List.of(), false)).isTrue();
  }

  @Test
  void aReloadKeepsTheLock() throws IOException {
    agent.reload().settle();

    assertThat(positions.change(all -> List.of(), false)).isFalse();
  }

  @Test
  void anOffsetWithinALineIsRefused() throws IOException {
    agent.stop();
    log.append("long line");
    Position position = only();

    assertThatThrownBy(() -> PositionReset.toOffset(position, 9))
        .hasMessageContaining("no line of ")
        .hasMessageContaining("starts at offset 9; the one that holds it starts at 6.");
    assertThatThrownBy(() -> PositionReset.toOffset(position, 17))
        .hasMessageContaining("has 16 bytes; offset 17 is past its end.");
  }

  @Test
  void anotherFileOfThatNameIsRefused() throws IOException {
    agent.stop();
    Position position = only();
    Files.move(directory.resolve("app.log"), directory.resolve("app.log.1"));
    log.append("x", "y", "z");

    assertThatThrownBy(() -> PositionReset.toEnd(position))
        .hasMessageContaining("is another file than the position's.");
    assertThat(PositionCheck.of(position).state()).isEqualTo(State.REPLACED);
  }

  @Test
  void tellsWhatHasBecomeOfAFile() throws IOException {
    agent.stop();
    Position position = only();
    assertThat(PositionCheck.of(position)).isEqualTo(new PositionCheck(State.SAME, 6));

    Files.writeString(directory.resolve("app.log"), "a\n");
    assertThat(PositionCheck.of(position).state()).isEqualTo(State.REPLACED);
    Files.writeString(directory.resolve("app.log"), "a\nb\nc\nd\n");
    assertThat(PositionCheck.of(position)).isEqualTo(new PositionCheck(State.SAME, 8));
    Files.delete(directory.resolve("app.log"));
    assertThat(PositionCheck.of(position)).isEqualTo(new PositionCheck(State.GONE, -1));
  }

  @Test
  void whatIsNoPositionFileIsTold() throws IOException {
    Path taildir =
        Files.writeString(directory.resolve("t"), "[{\"inode\":1,\"pos\":2,\"file\":\"f\"}]");
    Path other = Files.writeString(directory.resolve("o"), "hello");

    assertThatThrownBy(() -> new StoredPositions(taildir).read())
        .hasMessageContaining("is a position file of TAILDIR");
    assertThatThrownBy(() -> new StoredPositions(other).read())
        .hasMessageContaining("is no position file, or damaged");
    assertThatThrownBy(() -> new StoredPositions(directory.resolve("none")).read())
        .hasMessageContaining("there is no position file");
  }
}
