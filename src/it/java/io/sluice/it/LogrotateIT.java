package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's logrotate in all its modes, one log for each, and one agent that is killed and stopped
 * in between: every line arrives once.
 */
@Needs(Tool.LOGROTATE)
final class LogrotateIT {
  private static final int LINES = 500;
  private static final int LATE_LINES = 10;

  @TempDir Path folder;

  /** A way to rotate, and whether the program writes to its old file for a moment longer. */
  private enum Mode {
    CREATE("create", true),
    COPYTRUNCATE("copytruncate", false),
    COMPRESS("create\n compress", false),
    DELAYCOMPRESS("create\n compress\n delaycompress", true),
    COPYTRUNCATE_COMPRESS("copytruncate\n compress", false),
    DATEEXT("create\n dateext\n dateformat -%Y%m%d-%s", true),
    MAXSIZE("create\n daily\n maxsize 10k", true),
    SHAREDSCRIPTS("nocreate\n sharedscripts\n postrotate\n  true\n endscript", true);

    private final String directives;
    private final boolean late;

    Mode(String directives, boolean late) {
      this.directives = directives;
      this.late = late;
    }
  }

  /** What happens to the agent while the logs are rotated. */
  private enum Trouble {
    NONE,
    KILLED_BEFORE,
    KILLED_AFTER,
    STOPPED,
    STARTING,
    ROTATED_TWICE_WHILE_STOPPED
  }

  @Test
  void everyModeLosesAndRepeatsNothing() {
    var logs = new LinkedHashMap<Mode, LogFile>();
    for (Mode mode : Mode.values()) {
      logs.put(mode, new LogFile(folder.resolve("logs").resolve(mode.name()).resolve("app.log")));
    }
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("logrotate-")
            .createTopics()) {
      pipeline.config().replace("a1.sources.tail.paths", folder.resolve("logs/*/app.log*"));
      logs.forEach(LogrotateIT::append);
      pipeline.start();
      for (Trouble trouble : Trouble.values()) {
        logs.forEach(LogrotateIT::append);
        meanwhile(trouble, pipeline, () -> rotate(logs));
        logs.forEach(LogrotateIT::append);
        pipeline.topics().awaitCount(pipeline.raw(), written(logs));
      }

      Map<Mode, Tally> tallies = tallies(logs, pipeline.topics().values(pipeline.raw()));
      System.out.println("LogrotateIT " + tallies);
      assertThat(tallies)
          .allSatisfy(
              (mode, tally) ->
                  assertThat(tally)
                      .as(mode.name())
                      .hasToString(
                          "written=%1$d arrived=%1$d lost=0 duplicates=0"
                              .formatted(logs.get(mode).lines().size())));
      assertThat(logs.values())
          .as("every log was rotated each time")
          .allSatisfy(
              log ->
                  assertThat(log.path().getParent().toFile().list())
                      .hasSizeGreaterThanOrEqualTo(Trouble.values().length));
    }
  }

  private static void append(Mode mode, LogFile log) {
    append(mode, log, LINES);
  }

  private static void append(Mode mode, LogFile log, int count) {
    log.append(lines(mode, log, count).toArray(String[]::new));
  }

  private static List<String> lines(Mode mode, LogFile log, int count) {
    var lines = new ArrayList<String>();
    int first = log.lines().size();
    for (int i = first; i < first + count; i++) {
      lines.add(mode + " reading " + i + " value=" + i % 30);
    }
    return lines;
  }

  private static long written(Map<Mode, LogFile> logs) {
    return logs.values().stream().mapToLong(log -> log.lines().size()).sum();
  }

  private static void meanwhile(Trouble trouble, Pipeline pipeline, Runnable rotation) {
    switch (trouble) {
      case NONE -> rotation.run();
      case KILLED_BEFORE -> {
        pipeline.agent().kill();
        rotation.run();
        pipeline.start();
      }
      case KILLED_AFTER -> {
        rotation.run();
        pipeline.agent().kill();
        pipeline.start();
      }
      case STOPPED -> {
        assertThat(pipeline.agent().terminate()).isTrue();
        rotation.run();
        pipeline.start();
      }
      case STARTING -> {
        pipeline.agent().kill();
        pipeline.start();
        rotation.run();
      }
      case ROTATED_TWICE_WHILE_STOPPED -> {
        assertThat(pipeline.agent().terminate()).isTrue();
        rotation.run();
        rotation.run();
        pipeline.start();
      }
    }
  }

  /** Rotates every log; programs that keep their file open write to the old one a little longer. */
  private void rotate(Map<Mode, LogFile> logs) {
    var open = new LinkedHashMap<Mode, OutputStream>();
    try {
      for (Map.Entry<Mode, LogFile> log : logs.entrySet()) {
        if (log.getKey().late) {
          open.put(
              log.getKey(),
              Files.newOutputStream(
                  log.getValue().path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }
        logrotate(log.getKey(), log.getValue().path());
      }
      for (Map.Entry<Mode, OutputStream> old : open.entrySet()) {
        LogFile log = logs.get(old.getKey());
        for (String line : lines(old.getKey(), log, LATE_LINES)) {
          log.lines().add(line.getBytes(UTF_8));
          old.getValue().write((line + "\n").getBytes(UTF_8));
        }
        old.getValue().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void logrotate(Mode mode, Path log) throws IOException {
    Path settings = folder.resolve(mode + ".logrotate");
    Files.writeString(
        settings, "%s {%n rotate 20%n nodateext%n %s%n}%n".formatted(log, mode.directives));
    Path state = folder.resolve(mode + ".state");
    // It refuses what others than the owner may write.
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    var command = new ArrayList<String>(List.of(Tool.LOGROTATE.path().toString(), "-v"));
    if (mode != Mode.MAXSIZE) {
      command.add("--force");
    }
    command.addAll(List.of("--state", state.toString(), settings.toString()));
    String output =
        await("a date that no file has")
            .pollDelay(Duration.ZERO)
            .until(() -> output(command), said -> !said.contains("already exists"));
    assertThat(output).as("logrotate %s", mode).doesNotContain("error:");
  }

  private static String output(List<String> command) throws IOException {
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(program.getInputStream().readAllBytes(), UTF_8);
  }

  private static Map<Mode, Tally> tallies(Map<Mode, LogFile> logs, List<byte[]> arrived) {
    var tallies = new LinkedHashMap<Mode, Tally>();
    logs.forEach((mode, log) -> tallies.put(mode, new Tally().written(log.lines())));
    for (byte[] line : arrived) {
      String text = new String(line, UTF_8);
      tallies.get(Mode.valueOf(text.substring(0, text.indexOf(' ')))).arrived(line);
    }
    return tallies;
  }
}
