package io.sluice.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Lines that are hard to judge: numbers at the bounds and far beyond any type, what only looks like
 * a number, broken formats, bytes that are no text.
 */
public final class HostileLines {
  private static final String[] NUMBERS = {
    "10",
    "20",
    "9.999999999999999999999",
    "20.00000000000000000000001",
    "2e1",
    "0.2E+2",
    "+15",
    "-0",
    "015",
    "15.",
    ".5",
    "1e999999999",
    "-1e999999999",
    "1e-999999999",
    "NaN",
    "Infinity",
    "0x0F",
    "1_000",
    "1,000",
    "15,0",
    "15f",
    "15d",
    "１５",
    "--5",
    "+",
    "-",
    ".",
    "e5",
    "1e",
    "",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "null",
    "true",
    "\"",
    "\"15",
    "\"15\"",
    "15\u00a0",
    "\u221215",
    "15\\",
    "1 5",
    "15;",
    "15,",
    "\t15",
    "15\u0000"
  };
  private static final String[] FRAMES = {
    "value=%s",
    "a=1 value=%s b=2",
    "value=\"%s\"",
    "value=%s value=15",
    "Value=%s",
    "%s",
    "{\"v\":%s}",
    "{\"v\":\"%s\"}",
    "{\"v\":%s,\"v\":15}",
    "{\"v\":{\"v\":%s}}",
    "{\"v\":%s",
    "x,%s,y",
    "\"x\",\"%s\"",
    "\"x,%s",
    "t: %s end",
    "t: 12 t: %s",
    "x,12 value=%s t: 13"
  };

  private HostileLines() {}

  public static List<byte[]> create(int count, long seed) {
    var random = new Random(seed);
    var lines = new ArrayList<byte[]>(count);
    while (lines.size() < count) {
      byte[] line =
          random.nextInt(10) == 0 ? bytes(random) : text(random).getBytes(StandardCharsets.UTF_8);
      lines.add(line);
    }
    return lines;
  }

  private static String text(Random random) {
    String number =
        switch (random.nextInt(4)) {
          case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
          case 1 -> Integer.toString(random.nextInt(31));
          case 2 -> random.nextInt(31) + "." + random.nextInt(1_000_000);
          default -> "1".repeat(random.nextInt(400)) + "e-" + random.nextInt(400);
        };
    return FRAMES[random.nextInt(FRAMES.length)].replace("%s", number);
  }

  /** Any bytes but the two that end lines. */
  private static byte[] bytes(Random random) {
    byte[] line = new byte[random.nextInt(60)];
    random.nextBytes(line);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = '=';
      }
    }
    return line;
  }
}
