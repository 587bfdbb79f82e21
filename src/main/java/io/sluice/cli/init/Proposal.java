package io.sluice.cli.init;

import io.sluice.cli.survey.Candidate;
import io.sluice.cli.survey.Distribution;
import io.sluice.cli.survey.Survey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The field that most likely holds the number to check, and a range for it. No more than a guess: a
 * person has to know which numbers are right.
 *
 * @param field as the setting takes it
 * @param range from the first to the last percentile, rounded outwards
 */
public record Proposal(String field, String range) {
  /** Numbers that name things or times instead of measuring. */
  private static final Pattern NAMES_THINGS =
      Pattern.compile(
          "(?i)(^|.*[^a-z])(id|pid|tid|uid|gid|port|line|seq|version|time|ts|timestamp|date|epoch"
              + "|user|thread|worker|java|kt|py|js|go|rb|cs|for|of|to|from|at|part|block)[ :=]*$");

  private static final int STEPS = 20;

  /** The candidates worth offering, the best first. */
  public static List<Candidate> candidates(Survey survey) {
    return survey.numeric().stream()
        .filter(candidate -> candidate.numeric() >= 0.5)
        .sorted(Comparator.comparingDouble(Proposal::score).reversed())
        .toList();
  }

  private static double score(Candidate candidate) {
    Distribution numbers = candidate.numbers();
    double score = numbers.count() * candidate.numeric();
    if (numbers.min() == numbers.max()) {
      score /= 100;
    }
    return NAMES_THINGS.matcher(candidate.name()).matches() ? score / 1_000 : score;
  }

  static Proposal of(Candidate candidate) {
    return new Proposal(candidate.selector(), range(candidate.numbers()));
  }

  /** From the first to the last percentile, rounded outwards. */
  public static String range(Distribution numbers) {
    double low = numbers.quantile(0.01);
    double high = numbers.quantile(0.99);
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      return "(,)";
    }
    BigDecimal step = step(Math.max(high - low, Math.abs(high) / 100));
    BigDecimal from = rounded(low, step, RoundingMode.FLOOR);
    BigDecimal to = rounded(high, step, RoundingMode.CEILING);
    return "[%s,%s]".formatted(text(from), text(to));
  }

  /** A power of ten that {@code width} has at least twenty of. */
  private static BigDecimal step(double width) {
    if (width == 0) {
      return BigDecimal.ONE;
    }
    var rough = new BigDecimal(width / STEPS, MathContext.DECIMAL32);
    return BigDecimal.ONE.scaleByPowerOfTen(rough.precision() - rough.scale() - 1);
  }

  private static BigDecimal rounded(double number, BigDecimal step, RoundingMode how) {
    return BigDecimal.valueOf(number).divide(step, 0, how).multiply(step);
  }

  private static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
