package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs behind links, as Kubernetes, Docker and glog have them: containers/c.log leads to
 * pods/0.log, which is rotated where it is.
 */
final class LinkedFilesTest {
  private final Path link;
  private final LogFixture pod;
  @AutoClose private final AgentFixture agent;

  LinkedFilesTest(@TempDir Path directory) throws IOException {
    agent = new AgentFixture(directory);
    agent.set("paths", directory + "/containers/*.log");
    Path containers = Files.createDirectory(directory.resolve("containers"));
    pod = new LogFixture(Files.createDirectory(directory.resolve("pods")).resolve("0.log"));
    link = Files.createSymbolicLink(containers.resolve("c.log"), pod.path());
  }

  @BeforeEach
  void begin() {
    pod.append("a");
    agent.start().settle();
  }

  private void expect(String... lines) {
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder(lines);
  }

  @Test
  void theTargetIsRenamedWhileTheAgentRuns() {
    pod.append("b").renameTo("0.log.20260101-000000").append("c");
    expect("a", "b", "c");
  }

  @Test
  void theTargetIsRenamedWhileTheAgentIsDown() {
    agent.stop();
    pod.append("b").renameTo("0.log.20260101-000000").append("c");
    agent.start();
    expect("a", "b", "c");
  }

  @Test
  void theTargetIsRenamedTwiceBetweenTwoLooks() {
    pod.append("b").renameTo("0.log.20260101-000000").append("c");
    pod.renameTo("0.log.20260102-000000").append("d");
    expect("a", "b", "c", "d");
  }

  @Test
  void theTargetIsRenamedWhileItIsClosed() {
    agent.wait(Duration.ofMinutes(5)).settle();
    pod.append("b").renameTo("0.log.20260101-000000").append("c");
    expect("a", "b", "c");
  }

  @Test
  void theTargetIsCopiedAndTruncatedWhileTheAgentRuns() {
    pod.append("b").copytruncate("0.log.1").append("c");
    expect("a", "b", "c");
  }

  @Test
  void theTargetIsCopiedAndTruncatedWhileTheAgentIsDown() {
    agent.stop();
    pod.append("b").copytruncate("0.log.1").append("c");
    agent.start();
    expect("a", "b", "c");
  }

  @Test
  void theTargetIsCompressedWhileTheAgentIsDown() {
    agent.stop();
    pod.append("b").gzipTo("0.log.20260101-000000.gz").delete().append("c");
    agent.start();
    expect("a", "b", "c");
  }

  @Test
  void theLinkLeadsElsewhereAfterTheAgentWasDown() throws IOException {
    agent.stop();
    pod.append("b");
    lead(pod.path().resolveSibling("1.log"), "c");
    agent.start();
    expect("a", "b", "c");
  }

  @Test
  void theLinkLeadsElsewhereWhileItsTargetIsClosed() throws IOException {
    agent.wait(Duration.ofMinutes(5)).settle();
    pod.append("b");
    lead(pod.path().resolveSibling("1.log"), "c");
    expect("a", "b", "c");
  }

  @Test
  void theLinkLeadsElsewhereWhileTheOutputIsBlocked() throws IOException {
    agent.wait(Duration.ofMinutes(5)).settle();
    pod.append("b");
    agent.turn();
    lead(pod.path().resolveSibling("1.log"), "c");
    pod.renameTo("0.log.1");
    expect("a", "b", "c");
  }

  @Test
  void linksDanglingOrInChainsHideNothing() throws IOException {
    Path between = pod.path().resolveSibling("between");
    Files.createSymbolicLink(between, pod.path());
    Files.delete(link);
    Files.createSymbolicLink(link, between);
    Files.createSymbolicLink(link.resolveSibling("dead.log"), link.resolveSibling("nowhere"));
    agent.stop();
    pod.append("b").renameTo("0.log.1").append("c");
    agent.start();
    expect("a", "b", "c");
  }

  @Test
  void aKilledAgentFindsWhereTheTargetWas() {
    agent.stop();
    AgentFixture exact = agent.promising(Guarantee.EXACTLY_ONCE).start().settle();
    pod.append("b");
    exact.settle().kill();
    pod.append("c").renameTo("0.log.1").append("d");
    exact.start();
    assertThat(exact.settle().lines()).contains("b", "c", "d").doesNotHaveDuplicates();
  }

  private void lead(Path target, String line) throws IOException {
    new LogFixture(target).append(line);
    Files.delete(link);
    Files.createSymbolicLink(link, target);
  }
}
