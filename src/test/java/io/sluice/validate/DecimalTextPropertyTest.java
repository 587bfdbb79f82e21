package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares verdicts with those of BigDecimal on random and hostile texts. Run with {@code
 * -Dsluice.soak=true} for many millions, and with {@code -Dsluice.seed=N} to repeat a run.
 */
final class DecimalTextPropertyTest {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private static final String HOSTILE = "0123456789999000...eE+-  ,_xfdLNaInity%\0\t\r\n\u00a0٣１−";

  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyTextIsJudgedAsBigDecimalWould() {
    long count =
        Boolean.getBoolean("sluice.soak") ? 30_000_000 : Long.getLong("sluice.cases", 300_000);
    System.out.printf("DecimalTextPropertyTest: %d texts, seed %d%n", count, seed);
    long numbers = 0;
    Model model = null;
    for (long i = 0; i < count; i++) {
      if (i % 64 == 0) {
        model = new Model();
      }
      String text = text(model);
      Reason expected = model.judge(text);
      numbers += expected == Reason.NOT_A_NUMBER ? 0 : 1;
      byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
      Reason actual = DecimalText.judge(bytes, 1, bytes.length - 1, model.range, model.integerOnly);
      if (actual != expected) {
        assertThat(actual)
            .as("seed %d, text %d \"%s\" in %s", seed, i, text, model.range)
            .isEqualTo(expected);
      }
    }
    assertThat(numbers).as("numbers among the texts").isGreaterThan(count / 3);
  }

  /** A range of random intervals, judged in the plainest way. */
  private final class Model {
    private final BigDecimal[] bounds;
    private final boolean[] included;
    private final Range range;
    private final boolean integerOnly = random.nextInt(4) == 0;

    Model() {
      int intervals = 1 + random.nextInt(3);
      bounds =
          random
              .ints(4L * intervals)
              .mapToObj(any -> bound())
              .map(BigDecimal::stripTrailingZeros)
              .distinct()
              .sorted()
              .limit(2L * intervals)
              .toArray(BigDecimal[]::new);
      included = new boolean[bounds.length];
      var text = new StringBuilder();
      for (int i = 0; i + 1 < bounds.length; i += 2) {
        included[i] = random.nextBoolean();
        included[i + 1] = random.nextBoolean();
        text.append(included[i] ? "[" : "(").append(bounds[i]).append(',');
        text.append(bounds[i + 1]).append(included[i + 1] ? "] " : ") ");
      }
      range = text.isEmpty() ? Range.parse("(,)") : Range.parse(text.toString());
    }

    private BigDecimal bound() {
      return switch (random.nextInt(4)) {
        case 0 -> BigDecimal.valueOf(random.nextInt(41) - 20);
        case 1 -> BigDecimal.valueOf(random.nextInt(4001) - 2000, random.nextInt(4));
        case 2 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 10);
        default ->
            new BigDecimal(digits(1 + random.nextInt(40))).movePointLeft(random.nextInt(60) - 10);
      };
    }

    @Nullable Reason judge(String text) {
      String bare = text.replaceAll("^[ \\t\\n\\u000b\\f\\r]+|[ \\t\\n\\u000b\\f\\r]+$", "");
      if (!NUMBER.matcher(bare).matches()) {
        return Reason.NOT_A_NUMBER;
      }
      var value = new BigDecimal(bare);
      if (integerOnly && value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
        return Reason.NOT_AN_INTEGER;
      }
      if (bounds.length < 2) {
        return null;
      }
      for (int i = 0; i + 1 < bounds.length; i += 2) {
        int low = value.compareTo(bounds[i]);
        int high = value.compareTo(bounds[i + 1]);
        if (low < 0 || (low == 0 && !included[i])) {
          return i == 0 ? Reason.BELOW : Reason.GAP;
        }
        if (high < 0 || (high == 0 && included[i + 1])) {
          return null;
        }
      }
      return Reason.ABOVE;
    }
  }

  private String text(Model model) {
    return switch (random.nextInt(9)) {
      case 0 -> String.valueOf(random.nextInt(61) - 30);
      case 1 -> decimal();
      case 2 -> decimal() + exponent();
      case 3 -> blanks() + decimal() + blanks();
      case 4 ->
          model.bounds.length == 0 ? "0" : near(model.bounds[random.nextInt(model.bounds.length)]);
      case 5 -> "0".repeat(random.nextInt(30)) + decimal() + "0".repeat(random.nextInt(30));
      case 6 -> mutated(decimal() + exponent());
      case 7 -> hostile();
      default ->
          digits(16 + random.nextInt(5))
              + (random.nextBoolean() ? "." : "")
              + digits(random.nextInt(4));
    };
  }

  private String decimal() {
    String sign = new String[] {"", "", "-", "+"}[random.nextInt(4)];
    String point = random.nextInt(3) == 0 ? "" : ".";
    int whole = random.nextInt(random.nextInt(8) == 0 ? 60 : 5);
    int part = point.isEmpty() ? 0 : random.nextInt(random.nextInt(8) == 0 ? 60 : 5);
    return sign + digits(whole) + point + digits(part);
  }

  private String exponent() {
    int size = random.nextInt(10) == 0 ? 9_999 : 40;
    String sign = new String[] {"", "-", "+"}[random.nextInt(3)];
    return (random.nextBoolean() ? "e" : "E")
        + sign
        + "0".repeat(random.nextInt(3))
        + random.nextInt(size);
  }

  /** A bound in another notation, or a last digit beside it. */
  private String near(BigDecimal bound) {
    BigDecimal step = BigDecimal.ONE.movePointLeft(random.nextInt(50));
    BigDecimal value = bound.add(step.multiply(BigDecimal.valueOf(random.nextInt(3) - 1)));
    return switch (random.nextInt(3)) {
      case 0 -> value.toPlainString();
      case 1 -> value.toString();
      default -> value.unscaledValue() + "e" + -value.scale();
    };
  }

  private String digits(int count) {
    var text = new StringBuilder();
    int style = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(style == 0 ? 9 : style == 1 ? 0 : random.nextInt(10));
    }
    return text.toString();
  }

  private String blanks() {
    return new String[] {"", " ", "\t ", "\r\n", "\u000b\f"}[random.nextInt(5)];
  }

  private String mutated(String text) {
    var result = new StringBuilder(text);
    char hostile = HOSTILE.charAt(random.nextInt(HOSTILE.length()));
    result.insert(random.nextInt(result.length() + 1), hostile);
    return result.toString();
  }

  private String hostile() {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(HOSTILE.charAt(random.nextInt(HOSTILE.length())));
    }
    return text.toString();
  }
}
