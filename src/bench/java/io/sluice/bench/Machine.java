package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;

/** Where and with what was measured. */
final class Machine {
  private Machine() {}

  /** One fact each, {@code name: value}. */
  static List<String> circumstances(String command, int rounds) {
    List<String> facts = new ArrayList<>();
    facts.add("command: " + command);
    facts.add("date: " + LocalDate.now(ZoneOffset.UTC));
    facts.add("rounds: " + rounds);
    facts.add(
        "machine: %d processors (%s), %s GB, %s %s, shared with the broker"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                value("/proc/cpuinfo", "model name"),
                Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.version")));
    facts.add("the broker's log: " + (BrokerFolder.isInMemory() ? "in memory" : "on the disk"));
    facts.add("JDK: " + System.getProperty("java.vm.version"));
    facts.add("Kafka: broker and our client " + AppInfoParser.getVersion());
    version("rsyslogd", "-v").ifPresent(facts::add);
    version("kcat", "-V").ifPresent(facts::add);
    facts.add("JVM options: " + String.join(" ", Workload.of(0).jvm()));
    return facts;
  }

  private static String value(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown 0");
    } catch (IOException e) {
      return "unknown 0";
    }
  }

  private static Optional<String> version(String program, String option) {
    try {
      Process process = new ProcessBuilder(program, option).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return output
          .lines()
          .filter(line -> line.matches(".*\\d+\\.\\d+.*"))
          .map(line -> program + ": " + line.replaceAll(".*?(\\d+\\.[\\d.]*\\d).*", "$1"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
