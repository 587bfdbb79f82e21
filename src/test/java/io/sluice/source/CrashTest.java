package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a stop, or a bad disk costs. */
final class CrashTest {
  @TempDir Path directory;
  private LogFixture log;
  private AgentFixture agent;
  private Path positions;

  @BeforeEach
  void layOut() {
    log = new LogFixture(directory.resolve("app.log"));
    agent = new AgentFixture(directory);
    positions = directory.resolve("state/positions.json");
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  @Test
  void aMemoryChannelLosesNothingWhenTheProcessDies() {
    log.append("a", "b", "c");
    agent.start().turn().deliver(1).wait(Duration.ofSeconds(3)).turn().kill();
    assertThat(agent.start().settle().lines()).containsExactly("a", "b", "c");
  }

  @Test
  void aMemoryChannelLosesNothingWhenTheAgentStops() {
    log.append("a", "b", "c");
    agent.start().turn().deliver(1).restart().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void exactlyOnceRepeatsNothingWhenTheProcessDies() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("a", "b", "c");
    agent.start().turn().deliver(2).kill().start().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
    assertThat(positions).doesNotExist();
  }

  @Test
  void raisingTheGuaranteeKeepsThePositions() {
    log.append("a");
    agent.start().settle().stop().promising(Guarantee.EXACTLY_ONCE);
    log.append("b");
    assertThat(agent.start().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void aDamagedPositionFileIsSetAsideAndTheCopyBeforeItIsUsed() throws IOException {
    log.append("a");
    agent.start().settle().wait(Duration.ofSeconds(3)).turn();
    log.append("b");
    agent.settle().wait(Duration.ofSeconds(3)).turn().stop();
    Files.writeString(positions, "[{\"source\":\"tail\",");
    log.append("c");
    agent.start().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "b", "c");
    assertThat(directory.resolve("state/positions.json.damaged")).exists();
  }

  @Test
  void anEmptiedPositionFileIsSetAsideAndTheCopyBeforeItIsUsed() throws IOException {
    log.append("a");
    agent.start().settle().wait(Duration.ofSeconds(3)).turn();
    log.append("b");
    agent.settle().stop();
    Files.writeString(positions, "");
    log.append("c");
    assertThat(agent.start().settle().lines()).contains("a", "b", "c");
    assertThat(directory.resolve("state/positions.json.damaged")).exists();
  }

  @Test
  void positionsThatCannotBeWrittenHoldNothingUpAndHeal() throws IOException {
    Files.writeString(directory.resolve("state"), "a file where the directory should be");
    log.append("a");
    agent.start().settle().wait(Duration.ofSeconds(3)).turn();
    assertThat(agent.lines()).containsExactly("a");
    Files.delete(directory.resolve("state"));
    agent.wait(Duration.ofSeconds(3)).turn();
    assertThat(positions).exists();
    assertThat(agent.kill().start().settle().lines()).containsExactly("a");
  }

  @Test
  void anUnreadableFileIsTriedAgain() {
    var readable = new AtomicBoolean();
    agent.opening(
        path -> {
          if (!readable.get() && path.equals(log.path())) {
            throw new AccessDeniedException(path.toString());
          }
          return Content.plain(path);
        });
    log.append("a");
    assertThat(agent.start().settle().lines()).isEmpty();
    readable.set(true);
    assertThat(agent.settle().lines()).containsExactly("a");
  }

  @Test
  void idleFilesHoldNoDescriptor() throws IOException {
    agent.set("idleTimeout", "5000");
    for (int i = 0; i < 100; i++) {
      LogFixture idle = new LogFixture(directory.resolve("app.log." + i)).append("line of " + i);
      Files.setLastModifiedTime(idle.path(), FileTime.from(Instant.now().minusSeconds(3_600)));
    }
    agent.start().settle().wait(Duration.ofSeconds(6)).settle();
    assertThat(agent.lines()).hasSize(100);
    assertThat(descriptorsOfLogsIn(directory)).isZero();
    new LogFixture(directory.resolve("app.log.7")).append("again");
    assertThat(agent.settle().lines()).contains("again");
  }

  private static long descriptorsOfLogsIn(Path directory) throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(
              descriptor -> {
                try {
                  Path path = Files.readSymbolicLink(descriptor);
                  return path.startsWith(directory) && path.toString().contains("app.log");
                } catch (IOException e) {
                  return false;
                }
              })
          .count();
    }
  }
}
