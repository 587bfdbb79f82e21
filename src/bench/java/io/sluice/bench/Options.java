package io.sluice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of {@code bin/bench}, which has checked it. */
record Options(Map<String, String> values, List<String> contenders) {
  private static final int LINES = 3_000_000;

  static Options parse(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    List<String> contenders = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        contenders.add(argument);
      } else {
        values.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    return new Options(values, contenders.isEmpty() ? List.of("sluice", "stock") : contenders);
  }

  /** Of the results. */
  String name() {
    return values.getOrDefault("suite", "match");
  }

  int rounds() {
    return number("rounds", 3);
  }

  Duration limit() {
    return Duration.ofSeconds(number("limit", 300));
  }

  List<Part> parts() {
    int seconds = number("seconds", 30);
    if (values.containsKey("suite")) {
      return Suites.named(name(), number("lines", Suites.usualLines()), seconds);
    }
    List<Contender> chosen = contenders.stream().map(Contenders::named).toList();
    if (values.containsKey("delay")) {
      return List.of(Part.delay(number("delay", 0), seconds, chosen));
    }
    int agents = number("agents", 1);
    return List.of(
        agents == 1
            ? Part.throughput("match", workload(), chosen)
            : Part.agents("match", workload(), chosen, agents));
  }

  private Workload workload() {
    return Workload.of(number("lines", LINES))
        .withLineBytes(number("line-bytes", 107))
        .withFiles(number("files", 1))
        .withPartitions(number("partitions", 1))
        .withCompression(values.getOrDefault("compression", "none"))
        .withHeap(values.getOrDefault("heap", ""));
  }

  private int number(String name, int usual) {
    return values.containsKey(name) ? Integer.parseInt(values.get(name)) : usual;
  }

  /** As it was typed, for who wants to do it again. */
  String command() {
    var text = new StringBuilder("bin/bench");
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> text.append(" --").append(each.getKey()).append(' ').append(each.getValue()));
    if (!values.containsKey("suite")) {
      text.append(' ').append(String.join(" ", contenders));
    }
    return text.toString();
  }
}
