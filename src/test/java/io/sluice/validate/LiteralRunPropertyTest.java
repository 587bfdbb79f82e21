package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for bytes against the engine; {@code -Dsluice.seed=N} repeats a run. */
final class LiteralRunPropertyTest {
  private static final List<String> PATTERNS =
      List.of(
          "v=(\\S+)",
          "v=(\\d+)",
          "v=([^, ]+)",
          "v=([-+.0-9eE]+)",
          "vv(\\S+)",
          "\\$v\\.(\\S+)",
          "é=([^\\d]+)",
          "v([=v]+)",
          "v=([]v]+)",
          "v=([^]]+)",
          "v=([\\d.-]+)",
          "v=([+--]+)",
          "v([!-~]+)");

  private static final String ALPHABET = "vv==  $.é𝄞1290-+,]^\teE";

  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void findsWhatTheEngineFinds() {
    int count =
        Boolean.getBoolean("sluice.soak") ? 1_000_000 : Integer.getInteger("sluice.cases", 10_000);
    System.out.printf("LiteralRunPropertyTest: %d lines, seed %d%n", count, seed);
    for (String pattern : PATTERNS) {
      assertThat(LiteralRun.of(pattern)).as(pattern).isPresent();
      Rule search = rule(RegexSelector.parse(pattern));
      Rule engine = rule(RegexSelector.engine(pattern));
      for (int i = 0; i < count; i++) {
        String text = text();
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        Verdict found = search.judge(line, HeaderLookup.NONE);
        Verdict expected = engine.judge(line, HeaderLookup.NONE);
        if (!found.equals(expected)) {
          assertThat(found).as("seed %d, %s on \"%s\"", seed, pattern, text).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\\S+)",
        "v=(\\S*)",
        "v=(\\S+?)",
        "v=(\\S+) ",
        "v=(\\w+)",
        "v=(.+)",
        "v+(\\d+)",
        "v|w(\\d+)",
        "^v=(\\d+)",
        "v=(\\d+)$",
        "v=(?:\\d+)",
        "v=(\\d+)(a)?",
        "(?i)v=(\\d+)",
        "\\bv=(\\d+)",
        "v=([[:digit:]]+)",
        "v=([\\w]+)",
        "v=([é]+)",
        "v=([a-é]+)",
        "v=([a\\]+)",
        "v=([0-9]+",
        "v=([0-9]",
        "v=(",
        "v",
        "",
        "\\Qv\\E(\\d+)",
        "v{2}(\\d+)",
        "v=(\\d+)+"
      })
  void leavesAllOtherPatternsToTheEngine(String pattern) {
    assertThat(LiteralRun.of(pattern)).isEmpty();
  }

  private static Rule rule(Selector selector) {
    return new Rule(
        new RuleInfo("r", "", Range.parse("[10,20]")),
        selector,
        false,
        Fallback.INVALID,
        Fallback.INVALID,
        Fallback.INVALID);
  }

  private String text() {
    var text = new StringBuilder();
    int[] alphabet = ALPHABET.codePoints().toArray();
    for (int i = random.nextInt(24); i > 0; i--) {
      text.append(random.nextInt(5) == 0 ? "v=" : "");
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }
}
