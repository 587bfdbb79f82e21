package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a live process has used so far, from Linux's {@code /proc}. */
record ProcessFigures(double cpuSeconds, long peakMegabytes) {
  private static final double TICKS_A_SECOND = 100; // The same on every Linux that runs Java.
  private static final int UTIME = 11;

  static ProcessFigures of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The program's name, in brackets, may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
    String peak =
        Files.readString(Path.of("/proc/" + pid + "/status"))
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElse("VmHWM: 0 kB");
    long kilobytes = Long.parseLong(peak.replaceAll("\\D", ""));
    return new ProcessFigures(ticks / TICKS_A_SECOND, kilobytes >> 10);
  }
}
