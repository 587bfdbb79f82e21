package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.monitoring.FileState;
import io.sluice.monitoring.SourceStateMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceStateTest {
  @TempDir Path directory;
  private LogFixture log;
  private AgentFixture agent;

  @BeforeEach
  void layOut() {
    log = new LogFixture(directory.resolve("app.log"));
    agent = new AgentFixture(directory);
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  @Test
  void tellsHowFarEachFileWasReadAndDelivered() throws Exception {
    log.append("first", "second").appendPart("ha");
    agent.start().turn().deliver(1).turn();

    assertThat(state().getFiles()).isNotNull(); // asks for a look
    agent.turn().turn();

    FileState file = state().getFiles().get(0);
    assertThat(file.getPath()).isEqualTo(directory.resolve("app.log").toString());
    assertThat(file.getSizeBytes()).isEqualTo(15);
    assertThat(file.getReadBytes()).isEqualTo(13);
    assertThat(file.getPositionBytes()).isEqualTo(6);
    assertThat(file.getLagBytes()).isEqualTo(2);
    assertThat(file.getInFlightBytes()).isZero();
  }

  @Test
  void tellsWhatASinkHasTakenAndNotDelivered() throws Exception {
    log.append("first", "second");
    agent.start().turn().failToDeliver(2);

    assertThat(state().getFiles()).isNotNull();
    agent.turn().turn();

    assertThat(state().getFiles().get(0).getInFlightBytes()).isEqualTo(13);
  }

  @Test
  void tellsHowLongItHasDoneNothing() throws Exception {
    agent.start();
    agent.process();
    assertThat(state().isReading()).isTrue();

    agent.wait(Duration.ofSeconds(90));
    assertThat(state().getSilentMillis()).isGreaterThanOrEqualTo(90_000);
    agent.process();
    assertThat(state().getSilentMillis()).isLessThan(1_000);
  }

  @Test
  void countsEachTryToReadAFileThatCannotBeRead() throws Exception {
    log.append("first");
    agent.opening(
        path -> {
          throw new AccessDeniedException(path.toString());
        });

    agent.start().turn().turn();

    assertThat(counter("EventReadFail")).isPositive();
  }

  @Test
  void countsEachTryToWritePositionsThatFails() throws Exception {
    log.append("first");
    agent.start().turn().deliver(1);
    Files.createDirectories(directory.resolve("state/positions.json.new"));

    agent.wait(Duration.ofSeconds(4)).turn();

    assertThat(counter("GenericProcessingFail")).isPositive();
  }

  private static long counter(String attribute) throws Exception {
    var bean = new ObjectName("org.apache.flume.source:type=tail");
    return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, attribute);
  }

  @Test
  void goesWithTheSource() throws Exception {
    agent.start().stop();

    assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name())).isFalse();
  }

  private static SourceStateMXBean state() throws MalformedObjectNameException {
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name(), SourceStateMXBean.class);
  }

  private static ObjectName name() throws MalformedObjectNameException {
    return new ObjectName("io.sluice:type=source,name=tail");
  }
}
