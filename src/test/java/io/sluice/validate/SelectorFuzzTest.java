package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Gives every selector random and mutated bytes: it must never throw, and the longest line must not
 * take long. {@code -Dsluice.soak=true} runs many millions, {@code -Dsluice.seed=N} repeats a run.
 */
final class SelectorFuzzTest {
  /** Milliseconds, on any machine; engines that backtrack need years. */
  private static final Duration NOT_YEARS = Duration.ofSeconds(30);

  private static final List<String> FIELDS =
      List.of(
          "body",
          "key:v",
          "json:/v",
          "json:/a/1/v",
          "json:",
          "csv:3",
          "regex:v=(\\S+)",
          "regex:(?i)\\bv\\W+([-+.e\\d]+)$",
          "regex:(?:é|𝄞|.)*(\\pL)");

  private static final List<String> SEEDS =
      List.of(
          "time=\"1 2\" v=12.5 msg=\"a \\\" b\" v=3",
          "{\"a\":[{\"v\":9},{\"v\":12,\"x\":\"\\u00e9\\n\"}],\"v\":1.5e1,\"n\":null,\"t\":true}",
          "a,\"b \"\"q\"\" c\",12.5,,\"d\"",
          "   12.5e-3\t",
          "é𝄞 v=12",
          "[[[[{\"v\":[]}]]]]",
          "");

  private static final byte[] SPICE =
      "\"\"\\\\{}[],:=;.eE+-0019 \t\r\n\0nulltrue/*'".getBytes(StandardCharsets.UTF_8);

  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** The time of this thread alone: the machine may be busy. */
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void noLineMakesASelectorThrow() {
    long count =
        Boolean.getBoolean("sluice.soak") ? 5_000_000 : Long.getLong("sluice.cases", 30_000);
    System.out.printf("SelectorFuzzTest: %d lines, seed %d%n", count, seed);
    List<Judging> judgings = FIELDS.stream().map(Judging::field).toList();
    for (long i = 0; i < count; i++) {
      byte[] line = line();
      byte[] before = line.clone();
      for (Judging judging : judgings) {
        try {
          assertThat(judging.rules().judge(line, HeaderLookup.NONE)).isNotNull();
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", line " + Arrays.toString(line), e);
        }
      }
      assertThat(line).as("the line is not changed").isEqualTo(before);
    }
  }

  @Test
  void aHostileMegabyteTakesBoundedTime() {
    int size = 1 << 20;
    List<byte[]> lines =
        List.of(
            repeated("[", size),
            repeated("{\"a\":", size),
            repeated("{\"v\":[", size),
            repeated("\"", size),
            repeated("\\\"", size),
            repeated("v=\"", size),
            repeated("a=\" ", size),
            repeated("a ", size),
            repeated("v", size),
            repeated(",", size),
            repeated("\"\",", size),
            repeated("9", size),
            repeated("0.", size),
            repeated("1e9", size),
            ("{\"v\":" + "9".repeat(size) + "}").getBytes(StandardCharsets.UTF_8),
            ("{\"" + "k".repeat(size) + "\":1}").getBytes(StandardCharsets.UTF_8),
            repeated("v=1".repeat(20) + " ", RegexSelector.MAX_LINE_BYTES),
            repeated("é", RegexSelector.MAX_LINE_BYTES),
            new byte[size]);
    for (String field : FIELDS) {
      Judging judging = Judging.field(field);
      for (byte[] line : lines) {
        long start = threads.getCurrentThreadCpuTime();
        judging.rules().judge(line, HeaderLookup.NONE);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
            .as("%s on %s…", field, new String(line, 0, 6, StandardCharsets.UTF_8))
            .isLessThan(NOT_YEARS);
      }
    }
  }

  /**
   * Patterns that take other engines years on 50 letters: here twice the line is twice the time.
   */
  @Test
  void patternsThatBacktrackTakeLinearTime() {
    for (String pattern : List.of("(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){11}$", "(\\w+\\s?)+$")) {
      Judging judging = Judging.field("regex:^" + pattern);
      var shown = new StringBuilder(pattern).append(':');
      for (int size = 8 << 10; size <= RegexSelector.MAX_LINE_BYTES; size *= 2) {
        byte[] line = ("a".repeat(size - 1) + "!").getBytes(StandardCharsets.UTF_8);
        long start = threads.getCurrentThreadCpuTime();
        judging.rules().judge(line, HeaderLookup.NONE);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        shown.append(" %d KiB %.1f ms".formatted(size >> 10, nanos / 1e6));
        assertThat(Duration.ofNanos(nanos)).as(pattern).isLessThan(NOT_YEARS);
      }
      System.out.println(shown);
    }
  }

  private static byte[] repeated(String text, int size) {
    return text.repeat(size / text.getBytes(StandardCharsets.UTF_8).length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] line() {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] line = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(5); i > 0; i--) {
      line = mutated(line);
    }
    return line;
  }

  private byte[] mutated(byte[] line) {
    int at = random.nextInt(line.length + 1);
    int to = Math.min(line.length, at + random.nextInt(6));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(line, at);
      case 1 -> spliced(line, at, to, new byte[0]);
      case 2 -> spliced(line, at, at, new byte[] {SPICE[random.nextInt(SPICE.length)]});
      case 3 -> spliced(line, at, to, new byte[] {(byte) random.nextInt(256)});
      default -> spliced(line, at, at, Arrays.copyOfRange(line, at, to));
    };
  }

  private static byte[] spliced(byte[] line, int from, int to, byte[] middle) {
    byte[] result = new byte[line.length - (to - from) + middle.length];
    System.arraycopy(line, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(line, to, result, from + middle.length, line.length - to);
    return result;
  }
}
