package io.sluice.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Lines of an invented application: readings, most of them in order, some not. */
final class Readings implements Supply {
  private final Random random = new Random(7);
  private final int count;
  private final int portion;
  private int next;

  Readings(int count, int portions) {
    this.count = count;
    this.portion = (count + portions - 1) / portions;
  }

  @Override
  public byte[] next() {
    var lines = new StringBuilder();
    for (int end = Math.min(count, next + portion); next < end; next++) {
      lines.append(line(next)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String line(int number) {
    return "2026-11-01T12:%02d:%02dZ INFO sensor=%d reading=%d %s"
        .formatted(number / 60 % 60, number % 60, random.nextInt(8), number, value());
  }

  private String value() {
    int kind = random.nextInt(100);
    if (kind < 2) {
      return "no value yet";
    }
    if (kind < 4) {
      return "value=n/a";
    }
    return String.format(Locale.ROOT, "value=%.1f", 15 + random.nextGaussian() * 5);
  }
}
