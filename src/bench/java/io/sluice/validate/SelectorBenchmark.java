package io.sluice.validate;

import io.sluice.config.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Time and allocation for one line, for each kind of field, beside what one would write at first: a
 * String, java.util.regex or split, and Double.parseDouble. All lines hold numbers: an exception
 * for each one that does not would flatter us.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SelectorBenchmark {
  private static final int LINES = 1_024;

  @Param({"body", "key", "json", "regex", "csv"})
  private String field = "body";

  @Param({"valid", "invalid"})
  private String verdict = "valid";

  private final byte[][] lines = new byte[LINES][];
  private Rules rules = rules("body");
  private Pattern pattern = Pattern.compile("");

  @Setup
  public void fill() {
    var random = new Random(1);
    for (int i = 0; i < LINES; i++) {
      int whole = random.nextInt(10) + (verdict.equals("valid") ? 10 : 21);
      String number = "%d.%02d".formatted(whole, random.nextInt(100));
      lines[i] = line(number).getBytes(StandardCharsets.UTF_8);
    }
    rules = rules(selector());
    pattern = Pattern.compile(expression());
  }

  private String line(String number) {
    return switch (field) {
      case "body" -> number;
      case "json" ->
          "{\"time\":\"2026-11-23T03:48:55.123Z\",\"host\":\"edge-7\",\"level\":\"info\",\"value\":"
              + number
              + ",\"unit\":\"C\"}";
      case "csv" -> "2026-11-23T03:48:55.123Z,edge-7,info,\"reading, outdoor\"," + number + ",C";
      default ->
          "time=2026-11-23T03:48:55.123Z host=edge-7 level=info msg=\"a reading\" value="
              + number
              + " unit=C";
    };
  }

  private String selector() {
    return switch (field) {
      case "key" -> "key:value";
      case "json" -> "json:/value";
      case "regex" -> "regex:value=(\\S+)";
      case "csv" -> "csv:5";
      default -> "body";
    };
  }

  /** The naive expression; for JSON and separated values too, as people do. */
  private String expression() {
    return switch (field) {
      case "json" -> "\"value\":([^,}]+)";
      case "csv" -> "(?:(?:\"[^\"]*\"|[^,]*),){4}([^,]*)";
      case "body" -> "(.*)";
      default -> "value=(\\S+)";
    };
  }

  private static Rules rules(String selector) {
    return Rules.compile(Map.of("field", selector, "range", "[10,20]"), new Problems("benchmark"))
        .orElseThrow();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int sluice() {
    int valid = 0;
    for (byte[] line : lines) {
      valid += rules.judge(line, HeaderLookup.NONE) == Verdict.VALID ? 1 : 0;
    }
    return valid;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int naive() {
    int valid = 0;
    for (byte[] line : lines) {
      String text = new String(line, StandardCharsets.UTF_8);
      Matcher matcher = pattern.matcher(text);
      String number = field.equals("body") ? text : matcher.find() ? matcher.group(1) : "";
      double value = Double.parseDouble(number);
      valid += value >= 10 && value <= 20 ? 1 : 0;
    }
    return valid;
  }
}
