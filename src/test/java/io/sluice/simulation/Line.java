package io.sluice.simulation;

import java.math.BigDecimal;

/** A line or message as it was written, and what may become of it. */
final class Line {
  /** Values as programs write them; null where no number is to be seen in it. */
  private static final String[][] VALUES = {
    {"15", "15"},
    {"10", "10"},
    {"20", "20"},
    {"12.5", "12.5"},
    {"9.9999999999999999999999", "9.9999999999999999999999"},
    {"20.0000000000000000000000000000001", "20.0000000000000000000000000000001"},
    {"1.5e1", "15"},
    {"2e1", "20"},
    {"1e999", "1e999"},
    {"-1", "-1"},
    {"0", "0"},
    {"50", "50"},
    {"1e-400", "1e-400"},
    {"NaN", null},
    {"0x10", null},
    {"abc", null},
    {"1e", null},
    {"", null},
    {"\u0661\u0665", null},
  };

  final String text;
  private final BigDecimal number;
  private final int id;

  /** It was gone before it was delivered. */
  boolean mayBeMissing;

  /** Something happened that may bring it again. */
  boolean mayRepeat;

  /** No topic takes it as it is, or one of them does not. */
  boolean poison;

  /** It came over HTTP, not from a file. */
  final boolean message;

  /** Its sender was answered that Kafka has it. */
  boolean mustBeThere;

  /** Which content of which file it belongs to. */
  int file;

  Line(int id, int value, String rest, boolean message) {
    String[] pair = VALUES[Math.floorMod(value, VALUES.length)];
    this.text = "n=" + id + " v=" + pair[0] + rest;
    this.number = pair[1] == null ? null : new BigDecimal(pair[1]);
    this.message = message;
    this.id = id;
  }

  /** Its place among all lines, in the order in which they were written. */
  int number() {
    return id;
  }

  /** Whether a rule of this range finds it valid; worked out with nothing of the product's. */
  boolean isValid(int low, int high) {
    return number != null
        && number.compareTo(BigDecimal.valueOf(low)) >= 0
        && number.compareTo(BigDecimal.valueOf(high)) <= 0;
  }
}
