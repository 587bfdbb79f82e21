package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidatorTest {
  private @TempDir Path directory;
  private final List<String> heard = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_500_000_000L; // the clock overflows within the test
  private long mtime = 1_000_000;

  @Test
  void judgesByItsFileAndTakesOverAChange() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    assertThat(judge(validator, "25")).isEqualTo("ABOVE 25");
    String before = validator.rules().hash();

    write("range=[10,30]\n");
    pass(3);
    assertThat(judge(validator, "25")).isEqualTo("valid");
    assertThat(validator.reloads()).isEqualTo(1);
    assertThat(validator.rules().hash()).isNotEqualTo(before);
    assertThat(heard).containsExactly("replaced [range]");
  }

  @Test
  void looksAtItsFileOnceASecondAtMost() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    write("range=[10,30]\n");
    for (int i = 0; i < 1_000; i++) {
      validator.refresh();
    }
    assertThat(validator.reloads()).isZero();
  }

  @Test
  void aFileThatIsStillWrittenIsLeftAlone() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    for (int i = 0; i < 5; i++) {
      write("range=[10,3" + i + "]\n");
      pass(1);
      validator.refresh();
    }
    assertThat(judge(validator, "25")).isEqualTo("ABOVE 25");
    pass(2);
    assertThat(judge(validator, "25")).isEqualTo("valid");
    assertThat(validator.reloads()).isEqualTo(1);
  }

  @Test
  void aBatchKeepsTheRulesItBeganWith() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    Rules batch = validator.refresh();
    write("range=[10,30]\n");
    pass(3);
    validator.refresh();
    assertThat(Judging.text(validator.judge(batch, bytes("25"), HeaderLookup.NONE)))
        .isEqualTo("ABOVE 25");
  }

  @Test
  void aBadFileKeepsTheRulesAndTellsEveryProblemOnce() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    write("range=[20,10]\nfild=body\nonMissing=x\n");
    pass(10);
    assertThat(judge(validator, "15")).isEqualTo("valid");
    assertThat(validator.reloadFailures()).isEqualTo(1);
    assertThat(heard)
        .singleElement()
        .asString()
        .contains("3 problems", "rules.properties", "character 5", "nearest is field", "onMissing");

    write("range=[0,5]\n");
    pass(3);
    assertThat(judge(validator, "15")).isEqualTo("ABOVE 15");
    assertThat(validator.reloads()).isEqualTo(1);
  }

  @Test
  void aFileThatVanishesKeepsTheRules() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    Files.delete(file());
    pass(5);
    assertThat(judge(validator, "15")).isEqualTo("valid");
    assertThat(heard).singleElement().asString().contains("there is no such file");
  }

  @Test
  void aFileSwappedByRenameIsNoticedEvenWithTheSameTimeAndSize() throws IOException {
    write("range=[10,20]\n");
    Validator validator = fromFile();
    Path other = directory.resolve("other");
    Files.writeString(other, "range=[10,30]\n");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file()));
    Files.move(other, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    pass(3);
    assertThat(judge(validator, "25")).isEqualTo("valid");
  }

  @Test
  void aFileIsRefusedForWhatPropertiesWouldSwallow() throws IOException {
    write("range=[1,2]\nrange=[3,4]\n");
    assertThat(problems()).singleElement().asString().endsWith("range is set twice.");
    write("range=\\uXYZ\n");
    assertThat(problems()).singleElement().asString().contains("hexadecimal");
    Files.write(file(), new byte[] {'#', (byte) 0xff});
    assertThat(problems()).singleElement().asString().contains("not text in UTF-8");
    Files.write(file(), new byte[2 << 20]);
    assertThat(problems()).singleElement().asString().contains("longer than");
    Files.delete(file());
    assertThat(problems()).singleElement().asString().contains("no such file");
    Files.createDirectory(file());
    assertThat(problems()).singleElement().asString().contains("cannot be read");
  }

  @Test
  void aFileMayHaveAByteOrderMarkCommentsAndEveryKey() throws IOException {
    write(
        "\ufeff# rules\nrules = hot, cold\nrules.hot.field = regex:t=(\\\\d+)\n"
            + "rules.hot.range = [10,20]\nrules.cold.field: csv:c\nrules.cold.max = 3\n"
            + "csv.header = a,c\nshadow.range = [1,2]\n");
    assertThat(problems()).isEmpty();
  }

  @Test
  void rulesBesideAFileAreRefused() throws IOException {
    write("range=[1,2]\n");
    assertThat(problems("range", "[1,2]", "shadow.min", "3"))
        .containsExactly(
            "range is set next to rulesFile; it belongs in that file.",
            "shadow.min is set next to rulesFile; it belongs in that file.");
  }

  @Test
  void aShadowIsCountedAndChangesNothing() {
    Validator validator =
        validator("range", "[10,20]", "shadow.range", "[15,30]", "shadow.onNotANumber", "drop");
    for (String line : List.of("12", "17", "25", "40", "x")) {
      judge(validator, line);
    }
    assertThat(validator.counts().valid()).isEqualTo(2);
    assertThat(validator.counts().invalid()).isEqualTo(3);
    assertThat(validator.shadowCounts().stricter()).isEqualTo(1);
    assertThat(validator.shadowCounts().looser()).isEqualTo(1);
    assertThat(validator.shadowCounts().differences()).isEqualTo(3);
  }

  @Test
  void countsByRuleAndReason() {
    Validator validator =
        validator(
            "rules", "hot cold",
            "rules.hot.field", "key:h",
            "rules.hot.range", "[10,20]",
            "rules.cold.field", "key:c",
            "rules.cold.range", "[1,2]",
            "rules.cold.onMissing", "drop");
    for (String line : List.of("h=15 c=1", "h=30", "h=30", "h=1", "x", "h=12", "h=12 c=?")) {
      judge(validator, line);
    }
    VerdictCounts counts = validator.counts();
    assertThat(counts.judged()).isEqualTo(7);
    assertThat(counts.invalidByRule())
        .isEqualTo(
            Map.of("hot.ABOVE", 2L, "hot.BELOW", 1L, "hot.MISSING", 1L, "cold.NOT_A_NUMBER", 1L));
    assertThat(counts.droppedByRule()).isEqualTo(Map.of("cold.MISSING", 1L));
    assertThat(counts.invalid(Reason.ABOVE)).isEqualTo(2);
    assertThat(counts.invalid(Reason.GAP)).isZero();
  }

  @Test
  void theAlarmIsRaisedAndClearedBetweenBatches() {
    Validator validator =
        validator(
            "range", "[10,20]",
            "maxInvalidRatio", "0.25",
            "alarm.windowMillis", "10000",
            "alarm.minimum", "8");
    judge(validator, "x", 7);
    pass(2);
    validator.refresh();
    assertThat(validator.isAlarmRaised()).isFalse();
    judge(validator, "15", 1);
    pass(2);
    validator.refresh();
    assertThat(validator.isAlarmRaised()).isTrue();
    assertThat(validator.invalidRatio()).isEqualTo(7.0 / 8);
    pass(11);
    judge(validator, "15", 100);
    pass(1);
    validator.refresh();
    pass(11);
    judge(validator, "15", 8);
    pass(2);
    validator.refresh();
    assertThat(validator.isAlarmRaised()).isFalse();
    assertThat(validator.alarms()).isEqualTo(1);
    assertThat(heard).hasSize(2).first().isEqualTo("raised 0.875");
  }

  private String judge(Validator validator, String line) {
    return Judging.text(validator.judge(validator.refresh(), bytes(line), HeaderLookup.NONE));
  }

  private void judge(Validator validator, String line, int times) {
    for (int i = 0; i < times; i++) {
      judge(validator, line);
    }
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Lets seconds pass with a batch in each. */
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos += Duration.ofSeconds(1).toNanos();
      if (current != null) {
        current.refresh();
      }
    }
  }

  private Validator current;

  private Path file() {
    return directory.resolve("rules.properties");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
    mtime += 1_000;
    Files.setLastModifiedTime(file(), FileTime.fromMillis(mtime));
  }

  private Validator fromFile() {
    return validator("rulesFile", file().toString());
  }

  private Validator validator(String... settings) {
    var problems = new Problems("test");
    Map<String, String> given = Judging.map(settings);
    Values values = ValidatorSettings.SETTINGS.parse(given, problems);
    current = Validator.create(given, values, problems, new Listener(), () -> nanos).orElse(null);
    problems.throwIfAny();
    return current;
  }

  private List<String> problems(String... settings) {
    var problems = new Problems("test");
    Map<String, String> given = Judging.map(settings);
    given.put("rulesFile", file().toString());
    Values values = ValidatorSettings.SETTINGS.parse(given, problems);
    Validator.create(given, values, problems, new Listener(), () -> nanos);
    return problems.errors();
  }

  private final class Listener implements ValidatorListener {
    @Override
    public void rulesReplaced(Rules rules) {
      heard.add("replaced " + rules.names());
    }

    @Override
    public void rulesRefused(String problems) {
      heard.add("refused " + problems);
    }

    @Override
    public void alarmRaised(double ratio) {
      heard.add("raised " + ratio);
    }

    @Override
    public void alarmCleared(double ratio) {
      heard.add("cleared " + ratio);
    }
  }
}
