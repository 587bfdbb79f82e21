package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.simulation.Topic.Entry;
import io.sluice.simulation.Topic.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** What Sluice promises, checked by looking at the topics as any reader of them could. */
final class Promises {
  private Promises() {}

  /** Raw and verdict of one line are visible together. */
  static void checkTransaction(World world, Transaction transaction) {
    Map<String, Integer> raw = new HashMap<>();
    Map<String, Integer> judged = new HashMap<>();
    for (Topic topic : world.broker().topics()) {
      for (List<Entry> partition : topic.partitions) {
        if (transaction.partitions.stream().noneMatch(touched -> touched == partition)) {
          continue;
        }
        for (Entry entry : partition) {
          if (entry.transaction == transaction && !entry.isMarker()) {
            count(world, topic, entry, raw, judged);
          }
        }
      }
    }
    for (String text : raw.keySet()) {
      Line line = world.logs().written().get(text);
      boolean expected = line != null && !line.poison && expectsVerdict(world, line);
      if (expected && !judged.containsKey(text)) {
        world.violated("committed to raw without its verdict: " + name(line));
      }
    }
    for (String text : judged.keySet()) {
      Line line = world.logs().written().get(text);
      if (line != null && !line.poison && !raw.containsKey(text)) {
        world.violated("committed with a verdict but not to raw: " + name(line));
      }
    }
  }

  private static void count(
      World world,
      Topic topic,
      Entry entry,
      Map<String, Integer> raw,
      Map<String, Integer> judged) {
    if (entry.record.value() == null || topic.name.equals(World.POSITIONS)) {
      return;
    }
    String text = new String(entry.record.value(), UTF_8);
    (topic.name.startsWith("raw") ? raw : judged).merge(text, 1, Integer::sum);
  }

  /** Without an invalid topic an invalid line is in the raw topic alone. */
  private static boolean expectsVerdict(World world, Line line) {
    return world.setup().invalidTopic || Rules.isAlwaysValid(world, line);
  }

  /** Tells the lines that are in all topics by now. */
  static Predicate<Line> delivered(World world) {
    List<Found> all = new ArrayList<>();
    for (int i = 0; i < world.setup().sinks; i++) {
      all.add(new Found(world, i));
    }
    return line -> all.stream().allMatch(found -> found.isDelivered(line));
  }

  /** Whether everything is delivered that must be. */
  static boolean isComplete(World world) {
    Predicate<Line> delivered = delivered(world);
    return world.logs().written().values().stream()
        .allMatch(line -> line.mayBeMissing || line.message || delivered.test(line));
  }

  /** At the end, when everything must have arrived. */
  static void check(World world) {
    for (int i = 0; i < world.setup().sinks; i++) {
      var found = new Found(world, i);
      for (Line line : world.logs().written().values()) {
        found.check(line);
      }
      found.checkOthers();
      if (world.setup().exactly) {
        checkOrder(world, i);
      }
    }
  }

  /** Lines of one content of a file that share a partition are in the order of the file. */
  private static void checkOrder(World world, int sink) {
    for (List<Entry> partition : world.broker().topic("raw" + sink).partitions) {
      Map<Integer, Line> last = new HashMap<>();
      List<Line> seen = new ArrayList<>();
      for (Entry entry : partition) {
        if (!entry.isCommitted()) {
          continue;
        }
        Line line = world.logs().written().get(new String(entry.record.value(), UTF_8));
        if (line == null || line.message || line.mayRepeat || seen.contains(line)) {
          continue;
        }
        seen.add(line);
        Line before = last.put(line.file, line);
        if (before != null && before.number() > line.number()) {
          world.violated("out of order: " + name(line) + " after " + name(before));
        }
      }
    }
  }

  static String name(Line line) {
    return line.text.substring(0, Math.min(40, line.text.length()));
  }

  static String header(ProducerRecord<byte[], byte[]> record, String key) {
    Header header = record.headers().lastHeader(key);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
