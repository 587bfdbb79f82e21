package io.sluice.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Logs whose lines carry their number, so that each can be counted in a topic, and a value to
 * judge: one in three is valid.
 *
 * @param paths the files, each with its share of the lines, one after the other
 */
record NumberedLog(List<Path> paths, int count) {
  private static final String HEAD = "2026-11-01T12:00:00.000Z INFO  [worker-7] app.Readings n=";
  private static final int DIGITS = 9;
  private static final String VALUE = " value=";
  private static final int VALUE_DIGITS = 2;
  private static final int VALUE_END = HEAD.length() + DIGITS + VALUE.length() + VALUE_DIGITS;
  private static final String REST = " status=ok region=eu-central-1a";
  private static final int USUAL_BYTES = VALUE_END + REST.length() + 1;

  /** Lines have to be longer than this. */
  static final int LEAST_BYTES = VALUE_END + 1;

  /** Writes the logs, unless they are there already. */
  static NumberedLog create(Path folder, Workload workload) throws IOException {
    int files = workload.files();
    Path logs =
        folder.resolve("lines-%d-%d-%d".formatted(workload.lines(), workload.lineBytes(), files));
    List<Path> paths = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      paths.add(logs.resolve(file + ".log").toAbsolutePath());
    }
    if (!Files.exists(logs)) {
      Path aside = Files.createDirectories(logs.resolveSibling(logs.getFileName() + ".part"));
      for (int file = 0; file < files; file++) {
        int from = share(workload, file);
        write(aside.resolve(file + ".log"), from, share(workload, file + 1), workload.lineBytes());
      }
      Files.move(aside, logs);
    }
    return new NumberedLog(paths, workload.lines());
  }

  private static int share(Workload workload, int file) {
    return (int) ((long) workload.lines() * file / workload.files());
  }

  private static void write(Path path, int from, int to, int bytes) throws IOException {
    byte[] line = (line(from, bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      for (int number = from; number < to; number++) {
        digits(line, HEAD.length() + DIGITS, DIGITS, number);
        digits(line, VALUE_END, VALUE_DIGITS, value(number));
        out.write(line);
      }
    }
  }

  private static void digits(byte[] line, int end, int count, int number) {
    int rest = number;
    for (int i = end - 1; i >= end - count; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  static String line(int number) {
    return line(number, USUAL_BYTES);
  }

  private static String line(int number, int bytes) {
    String begin = "%s%09d%s%02d".formatted(HEAD, number, VALUE, value(number));
    return (begin + REST.repeat(bytes / REST.length() + 1)).substring(0, bytes - 1);
  }

  static int numberOf(byte[] line) {
    int number = 0;
    for (int i = HEAD.length(); i < HEAD.length() + DIGITS; i++) {
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  private static int value(int number) {
    return number % 30;
  }

  static boolean isValid(int number) {
    return value(number) >= 10 && value(number) <= 20;
  }
}
