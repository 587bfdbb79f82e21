package io.sluice.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.source.LogFileSource;
import io.sluice.source.config.LineRules.LongLines;
import io.sluice.source.config.SourceSettings.Compressed;
import io.sluice.source.config.SourceSettings.StartAt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceConfigTest {
  @TempDir Path directory;

  private static SourceConfig parse(Map<String, String> given) {
    return SourceConfig.parse("tail", given, new Problems("source 'tail'"));
  }

  private static Map<String, String> with(String... keysAndValues) {
    var given = new HashMap<String, String>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return given;
  }

  @Test
  void defaultsAreAsDocumented() {
    SourceConfig config = parse(with("paths", "/var/log/app/*.log"));
    assertThat(config.startAt()).isEqualTo(StartAt.BEGINNING);
    assertThat(config.batchSize()).isEqualTo(1_000);
    assertThat(config.maxBatchCount()).isEqualTo(Long.MAX_VALUE);
    assertThat(config.positionFile())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".flume/sluice/tail.positions.json"));
    assertThat(config.writePosInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.scanInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.ignoreOlderThan()).isEqualTo(Duration.ZERO);
    assertThat(config.headers())
        .isEqualTo(new HeaderConfig(Optional.empty(), false, Optional.empty(), false, Map.of()));
    assertThat(config.backoffSleepIncrement()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.maxBackoffSleep()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.exclusions()).isEmpty();
    assertThat(config.compressed()).isEqualTo(Compressed.READ);
    assertThat(config.lines())
        .isEqualTo(
            new LineRules(
                1_000_000,
                LongLines.INVALID,
                Duration.ofMinutes(2),
                Optional.empty(),
                Optional.empty(),
                LineRules.Format.LINES));
  }

  @Test
  void everyKeyIsTaken() {
    SourceConfig config =
        parse(
            with(
                "type", "io.sluice.source.LogFileSource",
                "channels", "c",
                "filegroups", "f1 f2",
                "filegroups.f1", "/var/log/test1/example.log",
                "filegroups.f2", "/var/log/test2/.*log.*",
                "headers.f1.headerKey1", "value1",
                "exclude", "*.gz",
                "startAt", "end",
                "batchSize", "7",
                "maxBatchCount", "8",
                "positionFile", "/var/log/flume/taildir_position.json",
                "writePosInterval", "9",
                "scanIntervalMillis", "10",
                "idleTimeout", "11",
                "ignoreOlderThan", "12",
                "maxLineBytes", "100",
                "longLines", "truncate",
                "partialLineTimeoutMillis", "15",
                "multiline.start", "^\\d",
                "multiline.timeoutMillis", "16",
                "multiline.maxLines", "17",
                "charset", "ISO-8859-1",
                "compressed", "skip",
                "fileHeader", "true",
                "fileHeaderKey", "path",
                "byteOffsetHeader", "true",
                "inodeHeader", "true",
                "cachePatternMatching", "false",
                "backoffSleepIncrement", "13",
                "maxBackoffSleep", "14"));
    assertThat(config.groups()).extracting(FileGroup::name).containsExactly("f1", "f2");
    assertThat(config.exclusions()).hasSize(2);
    assertThat(config.compressed()).isEqualTo(Compressed.SKIP);
    LineRules lines = config.lines();
    assertThat(lines.maxLineBytes()).isEqualTo(100);
    assertThat(lines.longLines()).isEqualTo(LongLines.TRUNCATE);
    assertThat(lines.partialTimeout()).isEqualTo(Duration.ofMillis(15));
    assertThat(lines.multiline().map(several -> several.start().pattern())).hasValue("^\\d");
    assertThat(lines.multiline().map(LineRules.Multiline::timeout)).hasValue(Duration.ofMillis(16));
    assertThat(lines.multiline().map(LineRules.Multiline::maxLines)).hasValue(17);
    assertThat(lines.charset()).hasValue(StandardCharsets.ISO_8859_1);
    assertThat(config.startAt()).isEqualTo(StartAt.END);
    assertThat(config.batchSize()).isEqualTo(7);
    assertThat(config.maxBatchCount()).isEqualTo(8);
    assertThat(config.positionFile()).isEqualTo(Path.of("/var/log/flume/taildir_position.json"));
    assertThat(config.writePosInterval()).isEqualTo(Duration.ofMillis(9));
    assertThat(config.scanInterval()).isEqualTo(Duration.ofMillis(10));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMillis(11));
    assertThat(config.ignoreOlderThan()).isEqualTo(Duration.ofMillis(12));
    assertThat(config.headers())
        .isEqualTo(
            new HeaderConfig(
                Optional.of("path"),
                true,
                Optional.empty(),
                true,
                Map.of("f1", Map.of("headerKey1", "value1"))));
    assertThat(config.backoffSleepIncrement()).isEqualTo(Duration.ofMillis(13));
    assertThat(config.maxBackoffSleep()).isEqualTo(Duration.ofMillis(14));
  }

  @Test
  void skipToEndIsStartAtEnd() {
    assertThat(parse(with("paths", "/a/*", "skipToEnd", "true")).startAt()).isEqualTo(StartAt.END);
  }

  @Test
  void namesEveryProblemAtOnce() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    var source = new LogFileSource();
    source.setName("tail");
    Map<String, String> given =
        with(
            "paths", logs + " relative.log",
            "filegroups", "f1",
            "filegroup.f1", "/var/log/a",
            "batchSize", "ten");
    assertThatThrownBy(() -> source.configure(new Context(given)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("5 problems")
        .hasMessageContaining("is a directory; for its files write " + logs + "/*")
        .hasMessageContaining("\"relative.log\" cannot be used: it is not an absolute path")
        .hasMessageContaining("filegroups.f1 is missing")
        .hasMessageContaining("filegroup.f1 is not a known key; the nearest is filegroups")
        .hasMessageContaining("batchSize = \"ten\"");
  }

  @Test
  void refusesWhatCannotBeDone() {
    assertThatThrownBy(
            () ->
                parse(
                    with(
                        "paths", "/a/*.log",
                        "multiline.start", "(",
                        "charset", "IBM1047",
                        "longLines", "shorten")))
        .hasMessageContaining("multiline.start = \"(\" is not an RE2 regular expression")
        .hasMessageContaining("its line feed cannot be told from other characters")
        .hasMessageContaining("longLines = \"shorten\" is not one of truncate, split, invalid");
    assertThatThrownBy(
            () -> parse(with("paths", "/a/*.log", "longLines", "split", "charset", "UTF-16")))
        .hasMessageContaining("longLines = split does not go with charset");
  }

  @Test
  void asksForFilesToRead() {
    assertThatThrownBy(() -> parse(Map.of())).hasMessageContaining("neither paths nor filegroups");
  }

  @Test
  void splitsPathsAtSpacesAndCommasButNotInsideBraces() {
    assertThat(SourceSettings.splitPaths("/a/*.{log,txt}, /b/c /d"))
        .containsExactly("/a/*.{log,txt}", "/b/c", "/d");
  }

  @Test
  void twoStarsStandForNoDirectoryToo() {
    FileGroup group = FileGroup.ofGlob("paths", "/logs/**/*.log", false);
    assertThat(group.fits(Path.of("/logs/a.log"))).isTrue();
    assertThat(group.fits(Path.of("/logs/x/y/a.log"))).isTrue();
    assertThat(group.fits(Path.of("/logs/x/.a.log"))).isFalse();
    assertThat(group.fits(Path.of("/logs/x/a.txt"))).isFalse();
  }

  @Test
  void whatTaildirPassesOverIsPassedOverWithAWarning() {
    var problems = new Problems("source 'tail'");
    SourceConfig config =
        SourceConfig.parse(
            "tail",
            with(
                "filegroups", "f1 f2",
                "filegroups.f1", "logs/app.log",
                "skipToEnd", "True",
                "fileSuffix", ".done",
                "positonFile", "/var/lib/positions.json"),
            problems);

    assertThat(config.groups()).singleElement().matches(group -> group.base().isAbsolute());
    assertThat(config.startAt()).isEqualTo(StartAt.END);
    assertThat(problems.warnings())
        .hasSize(4)
        .anyMatch(warning -> warning.contains("fileSuffix is not a known key and has no effect"))
        .anyMatch(warning -> warning.contains("the nearest is positionFile"))
        .anyMatch(
            warning -> warning.contains("filegroups names \"f2\", but filegroups.f2 is missing"))
        .anyMatch(warning -> warning.contains("filegroups.f1 = \"logs/app.log\" is not absolute"));
  }

  @Test
  void withAKeyOfOursUnknownKeysAreRefused() {
    assertThatThrownBy(() -> parse(with("paths", "/var/log/app.log", "fileSuffix", ".done")))
        .hasMessageContaining("fileSuffix is not a known key.");
  }

  @Test
  void aBlankInAPathIsExplained() {
    assertThatThrownBy(() -> parse(with("paths", "/var/log/my app.log")))
        .hasMessageContaining("(blanks separate paths; write ? for a blank in one)");
  }

  @Test
  void inPlaceOfTaildirALineMayTakeASixteenthOfTheHeap() {
    SourceConfig dropIn = parse(with("filegroups", "f", "filegroups.f", "/var/log/app.log"));
    SourceConfig ours = parse(with("paths", "/var/log/app.log"));

    long room = Math.min(Runtime.getRuntime().maxMemory() / 16, 64L << 20);
    assertThat(dropIn.lines().maxLineBytes()).isEqualTo((int) Math.max(room, 1_000_000));
    assertThat(ours.lines().maxLineBytes()).isEqualTo(1_000_000);
  }
}
