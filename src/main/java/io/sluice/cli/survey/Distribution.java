package io.sluice.cli.survey;

import java.util.Arrays;

/**
 * How numbers are spread: count, extremes and quantiles. The first {@value #EXACT} numbers are kept
 * as they are; after that each counts in a cell of a table whose cells are at most 0.8 % wide, as
 * in HdrHistogram, so memory stays at 4 MiB however many numbers come.
 *
 * <p>Not thread-safe.
 */
public final class Distribution {
  private static final int EXACT = 16_384;

  /** Sign, exponent and seven bits of the mantissa tell one cell from the next. */
  private static final int SHIFT = 45;

  private double[] numbers = new double[64];
  private long[] cells = {};
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Adds a number; infinite ones count and have no place between the others. */
  public void add(double number) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    if (cells.length > 0) {
      cells[cell(number)]++;
    } else {
      if (count == numbers.length) {
        grow();
      }
      if (cells.length > 0) {
        cells[cell(number)]++;
      } else {
        numbers[(int) count] = number;
      }
    }
    count++;
  }

  private void grow() {
    if (numbers.length < EXACT) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      return;
    }
    cells = new long[1 << (Long.SIZE - SHIFT)];
    for (double number : numbers) {
      cells[cell(number)]++;
    }
    numbers = new double[0];
  }

  /** In the order of the numbers: the bits of a double, made to sort. */
  private static int cell(double number) {
    long bits = Double.doubleToRawLongBits(number + 0.0); // -0.0 becomes 0.0
    long sorted = bits ^ ((bits >> 63) | Long.MIN_VALUE);
    return (int) (sorted >>> SHIFT);
  }

  /** The number of a cell that is nearest to zero. */
  private static double number(int cell) {
    long sorted = (long) cell << SHIFT;
    long bits = sorted < 0 ? sorted ^ Long.MIN_VALUE : ~sorted & -(1L << SHIFT);
    return Double.longBitsToDouble(bits);
  }

  public long count() {
    return count;
  }

  /** Infinite if there is no number. */
  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  /**
   * The number that a share {@code q} of all numbers is not above.
   *
   * @param q from 0 to 1
   * @throws IllegalStateException if there is no number
   */
  public double quantile(double q) {
    if (count == 0) {
      throw new IllegalStateException("no numbers");
    }
    long rank = Math.max(1, (long) Math.ceil(q * count));
    if (cells.length == 0) {
      double[] sorted = Arrays.copyOf(numbers, (int) count);
      Arrays.sort(sorted);
      return sorted[(int) rank - 1];
    }
    long before = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      before += cells[cell];
      if (before >= rank) {
        return Math.min(max, Math.max(min, number(cell)));
      }
    }
    return max;
  }

  /**
   * How many numbers are in each of the rows that {@code edges} bound: below the first edge, from
   * each edge to below the next, and from the last on.
   *
   * @param edges ascending
   */
  public long[] rows(double[] edges) {
    long[] rows = new long[edges.length + 1];
    for (int i = 0; cells.length == 0 && i < count; i++) {
      rows[row(edges, numbers[i])]++;
    }
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0) {
        rows[row(edges, number(cell))] += cells[cell];
      }
    }
    return rows;
  }

  private static int row(double[] edges, double number) {
    int found = Arrays.binarySearch(edges, number + 0.0);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
