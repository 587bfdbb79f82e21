package io.sluice.cli.check;

import io.sluice.config.ConfigurationException;
import io.sluice.config.PropertyLines.Entry;
import io.sluice.config.PropertyLines.MalformedEscapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration with TAILDIR and KafkaSink replaced by our components, and a comment above each
 * line where the agent will do something else than before. The result is a configuration itself.
 */
public final class Migration {
  private static final String COMMENT = "# sluice: ";
  private static final String TAILDIR = "io.sluice.source.LogFileSource";
  private static final String KAFKA_SINK = "io.sluice.sink.RoutingKafkaSink";

  /** Our type for one of Flume's, by its name in lower case. */
  private static final Map<String, String> TYPES =
      Map.of(
          "taildir", TAILDIR,
          "org.apache.flume.source.taildir.taildirsource", TAILDIR,
          "org.apache.flume.sink.kafka.kafkasink", KAFKA_SINK);

  private final AgentFile file;
  private final List<String> lines;
  private final Map<Integer, List<String>> comments = new TreeMap<>();

  private Migration(AgentFile file) {
    this.file = file;
    this.lines = new ArrayList<>(file.lines());
  }

  /**
   * The changed file, line by line.
   *
   * @throws ConfigurationException if the file cannot be read at all
   */
  public static List<String> of(Request request) {
    return new Migration(AgentFile.read(request.file())).run(request);
  }

  private List<String> run(Request request) {
    file.agents()
        .forEach((agent, entries) -> entries.forEach((key, entry) -> change(key, entry, entries)));
    for (Finding finding : AgentCheck.run(request, changed()).findings()) {
      comment(finding.line(), "%s: %s".formatted(finding.component(), finding.message()));
    }
    var result = new ArrayList<String>();
    comments.getOrDefault(0, List.of()).forEach(result::add);
    for (int line = 1; line <= lines.size(); line++) {
      result.addAll(comments.getOrDefault(line, List.of()));
      result.add(lines.get(line - 1));
    }
    return result;
  }

  private AgentFile changed() {
    try {
      return AgentFile.of(file.path(), String.join("\n", lines));
    } catch (MalformedEscapeException e) { // which reading the file found
      throw new IllegalStateException(e);
    }
  }

  private void comment(int line, String text) {
    comments.computeIfAbsent(line, none -> new ArrayList<>()).add(COMMENT + text);
  }

  private void change(String key, Entry entry, Map<String, Entry> agent) {
    String[] parts = key.split("\\.", -1);
    String type = entry.value().strip();
    String ours = TYPES.get(type.toLowerCase(Locale.ROOT));
    if (parts.length != 3 || !parts[2].equals("type") || ours == null) {
      return;
    }
    int at = entry.line() - 1;
    int value = lines.get(at).lastIndexOf(type);
    if (value < 0) {
      comment(entry.line(), "write " + ours + " here.");
      return;
    }
    lines.set(at, lines.get(at).substring(0, value) + ours);
    String prefix = parts[0] + "." + parts[1] + ".";
    comment(entry.line(), "was " + type + ".");
    if (ours.equals(TAILDIR)) {
      source(entry.line(), prefix, agent);
    } else {
      sink(entry.line(), prefix, agent);
    }
  }

  private void source(int line, String prefix, Map<String, Entry> agent) {
    comment(line, "positions move when the sink has delivered, not when the channel has taken.");
    if (!agent.containsKey(prefix + "positionFile")) {
      comment(
          line,
          "TAILDIR's positions are taken over if you add positionFile ="
              + " HOME/.flume/taildir_position.json, with the agent's home; else all is read"
              + " again.");
    }
    if (!agent.containsKey(prefix + "batchSize")) {
      comment(
          line,
          "batchSize is 1000 without the key (TAILDIR: 100), at most what the channel takes.");
    }
    comment(
        line,
        "names that begin with a dot are left out unless the pattern does too, and *.gz are read"
            + " from the inside; includeHidden and compressed change that.");
  }

  private void sink(int line, String prefix, Map<String, Entry> agent) {
    boolean acks =
        agent.containsKey(prefix + "requiredAcks")
            || agent.containsKey(prefix + "kafka.producer.acks");
    if (!acks) {
      comment(line, "acks is all without the key (KafkaSink: 1).");
    }
    comment(
        line,
        "a record that Kafka refuses for good is reported in the log, and the rest of its batch is"
            + " delivered; KafkaSink tries the batch forever.");
  }
}
