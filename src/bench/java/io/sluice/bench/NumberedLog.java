package io.sluice.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log of lines of 107 bytes that carry their number, so that each can be counted in a topic. */
record NumberedLog(Path path, int count) {
  private static final String HEAD = "2026-11-01T12:00:00.000Z INFO  [worker-7] app.Readings n=";
  private static final int DIGITS = 9;
  private static final String TAIL = " value=%02d status=ok region=eu-central-1a";

  /** Writes the log, unless it is there already. */
  static NumberedLog create(Path folder, int count) throws IOException {
    Path path = Files.createDirectories(folder).resolve("lines-" + count + ".log").toAbsolutePath();
    if (!Files.exists(path)) {
      Path aside = path.resolveSibling(path.getFileName() + ".part");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside), 1 << 20)) {
        for (int number = 0; number < count; number++) {
          out.write(line(number).getBytes(StandardCharsets.US_ASCII));
          out.write('\n');
        }
      }
      Files.move(aside, path);
    }
    return new NumberedLog(path, count);
  }

  static String line(int number) {
    return HEAD + String.format("%0" + DIGITS + "d", number) + TAIL.formatted(number % 30);
  }

  static int numberOf(byte[] line) {
    int number = 0;
    for (int i = HEAD.length(); i < HEAD.length() + DIGITS; i++) {
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  static boolean isValid(int number) {
    return number % 30 >= 10 && number % 30 <= 20;
  }
}
