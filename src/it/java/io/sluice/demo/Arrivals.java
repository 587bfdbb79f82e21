package io.sluice.demo;

import io.sluice.it.Tally;
import io.sluice.it.TopicReader;
import io.sluice.it.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What was written, and what the three topics hold of it. Every line has to be once in the raw
 * topic, and once in the valid or the invalid one.
 */
final class Arrivals implements AutoCloseable {
  private static final int SAMPLES_A_REASON = 2;

  private final TopicReader rawReader;
  private final TopicReader validReader;
  private final TopicReader invalidReader;
  private final Tally raw = new Tally();
  private final Tally judged = new Tally();
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> samples = new LinkedHashMap<>();
  private long written;
  private long rawCount;
  private long validCount;
  private long invalidCount;

  Arrivals(Topics topics, String rawTopic, String validTopic, String invalidTopic) {
    rawReader = topics.reader(rawTopic);
    validReader = topics.reader(validTopic);
    invalidReader = topics.reader(invalidTopic);
  }

  void written(byte[] line) {
    written++;
    raw.written(line);
    judged.written(line);
  }

  /** Reads all that the topics hold by now. */
  void read() {
    rawCount = rawReader.readToEnd(next -> raw.arrived(next.value()));
    validCount = validReader.readToEnd(next -> judged.arrived(next.value()));
    invalidCount =
        invalidReader.readToEnd(
            next -> {
              judged.arrived(next.value());
              keepSample(next);
            });
  }

  long written() {
    return written;
  }

  long raw() {
    return rawCount;
  }

  long valid() {
    return validCount;
  }

  long invalid() {
    return invalidCount;
  }

  long lost() {
    return raw.lost() + judged.lost();
  }

  long duplicates() {
    return raw.duplicates() + judged.duplicates();
  }

  /** Some invalid records of each reason. */
  List<ConsumerRecord<byte[], byte[]>> samples() {
    return samples.values().stream().flatMap(List::stream).toList();
  }

  static String header(ConsumerRecord<byte[], byte[]> item, String name) {
    Header header = item.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    rawReader.close();
    validReader.close();
    invalidReader.close();
  }

  private void keepSample(ConsumerRecord<byte[], byte[]> item) {
    var sameReason =
        samples.computeIfAbsent(header(item, "validation.reason"), reason -> new ArrayList<>());
    if (sameReason.size() < SAMPLES_A_REASON) {
      sameReason.add(item);
    }
  }
}
