package io.sluice.cli.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Rows of a small histogram: steps of one, two or five times a power of ten between the first and
 * the last percentile, and an edge at each bound of the range, so that a row is in it or is not.
 */
final class Histogram {
  private static final int STEPS = 8;
  private static final int MOST_BOUNDS = 8;

  private Histogram() {}

  /**
   * One row.
   *
   * @param from negative infinity in the first row
   * @param to positive infinity in the last row; itself not in the row
   * @param numbers how many are in it
   * @param outside how many of those are out of the range
   */
  record Row(double from, double to, long numbers, long outside) {}

  /** Without rows that are empty at either end. */
  static List<Row> of(RuleNumbers numbers) {
    if (numbers.all().count() == 0) {
      return List.of();
    }
    double[] edges = edges(numbers);
    long[] all = numbers.all().rows(edges);
    long[] outside = numbers.outside().rows(edges);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < all.length; i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : edges[i - 1];
      double to = i == edges.length ? Double.POSITIVE_INFINITY : edges[i];
      rows.add(new Row(from, to, all[i], outside[i]));
    }
    int first = 0;
    int last = rows.size();
    while (rows.get(first).numbers() == 0) {
      first++;
    }
    while (rows.get(last - 1).numbers() == 0) {
      last--;
    }
    return rows.subList(first, last);
  }

  private static double[] edges(RuleNumbers numbers) {
    double low = numbers.all().quantile(0.01);
    double high = numbers.all().quantile(0.99);
    var edges = new TreeSet<Double>();
    numbers.range().bounds().stream()
        .limit(MOST_BOUNDS)
        .map(BigDecimal::doubleValue)
        .forEach(edges::add);
    if (Double.isFinite(low) && Double.isFinite(high) && high > low) {
      BigDecimal step = step(high - low);
      BigDecimal edge = new BigDecimal(low).divide(step, 0, RoundingMode.FLOOR).multiply(step);
      for (int i = 0; i <= 2 * STEPS && edge.doubleValue() <= high; i++) {
        edges.add(edge.doubleValue());
        edge = edge.add(step);
      }
    } else if (Double.isFinite(low)) {
      edges.add(low);
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** One, two or five times a power of ten, that {@code width} has about eight of. */
  static BigDecimal step(double width) {
    var rough = new BigDecimal(width / STEPS, MathContext.DECIMAL32);
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(rough.precision() - rough.scale() - 1);
    double times = rough.divide(power, MathContext.DECIMAL32).doubleValue();
    return power.multiply(BigDecimal.valueOf(times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1));
  }
}
