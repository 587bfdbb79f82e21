package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.simulation.Topic.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What is in the three topics of one sink, counted. */
final class Found {
  private final World world;
  private final int sink;
  private final Map<String, Integer> raw;
  private final Map<String, Integer> valid;
  private final Map<String, Integer> invalid;

  /** Descriptions of refused records, by the topic that refused and the hash of the body. */
  private final Map<String, Integer> letters = new HashMap<>();

  Found(World world, int sink) {
    this.world = world;
    this.sink = sink;
    this.raw = counts("raw");
    this.valid = counts("valid");
    this.invalid = counts("invalid");
  }

  private Map<String, Integer> counts(String topic) {
    Map<String, Integer> counts = new HashMap<>();
    for (Entry entry : world.broker().topic(topic + sink).committed()) {
      String hash = Promises.header(entry.record, "sluice.sha256");
      if (hash.isEmpty()) {
        counts.merge(new String(entry.record.value(), UTF_8), 1, Integer::sum);
      } else {
        letters.merge(Promises.header(entry.record, "sluice.topic") + "/" + hash, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static int of(Map<String, Integer> counts, Line line) {
    return counts.getOrDefault(line.text, 0);
  }

  private int lettersOf(String topic, Line line) {
    return line.poison ? letters.getOrDefault(topic + sink + "/" + sha256(line.text), 0) : 0;
  }

  /** A short description does not say which topic refused. */
  private int shortLettersOf(Line line) {
    return line.poison ? letters.getOrDefault("/" + sha256(line.text), 0) : 0;
  }

  boolean isDelivered(Line line) {
    if (line.poison && !world.givesLetters()) {
      return true; // nothing but the log may have it
    }
    boolean judged = verdicts(line) > 0 || (!world.setup().invalidTopic && mayBeInvalid(line));
    return of(raw, line) + lettersOf("raw", line) > 0 && judged;
  }

  private boolean mayBeInvalid(Line line) {
    return !Rules.isAlwaysValid(world, line);
  }

  private int verdicts(Line line) {
    return of(valid, line)
        + of(invalid, line)
        + lettersOf("valid", line)
        + lettersOf("invalid", line);
  }

  void check(Line line) {
    String name = Promises.name(line) + (sink > 0 ? " at sink " + sink : "");
    boolean refused = world.isReported() && world.setup().exactly;
    if (!isDelivered(line) && !line.mayBeMissing && !line.message && !refused) {
      world.violated(
          "lost: %s (%d in raw, %d with a verdict)".formatted(name, of(raw, line), verdicts(line)));
    }
    int rawCount = of(raw, line) + lettersOf("raw", line);
    int most = Math.max(rawCount, verdicts(line));
    most = Math.max(most, shortLettersOf(line) - 1); // one for each topic that refused
    boolean free = line.mayRepeat || line.message || world.isReported();
    if (most > 1 && !free) {
      world.violated(
          "repeated: %s (%d in raw, %d with a verdict)".formatted(name, rawCount, verdicts(line)));
    }
    if (of(valid, line) > 0 && !Rules.mayBeValid(world, line)) {
      world.violated("found valid: " + name);
    }
    if (of(invalid, line) > 0 && Rules.isAlwaysValid(world, line)) {
      world.violated("found invalid: " + name);
    }
    if (!line.poison && letters.containsKey("raw" + sink + "/" + sha256(line.text))) {
      world.violated("given up although the topic would take it: " + name);
    }
    if (line.mustBeThere && rawCount + of(invalid, line) == 0) {
      world.violated("answered 200 with ack = kafka, and not in Kafka: " + name);
    }
  }

  /** Nothing arrives that nobody has written. */
  void checkOthers() {
    for (String text : raw.keySet()) {
      boolean gap = text.startsWith("bytes ") && text.contains(" lost");
      if (!world.logs().written().containsKey(text) && !gap) {
        world.violated("never written: " + text.substring(0, Math.min(60, text.length())));
      }
    }
  }

  static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
