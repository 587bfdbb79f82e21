package io.sluice.sink.kafka;

import io.sluice.event.LogEvent;
import io.sluice.logging.RepeatingWarning;
import io.sluice.sink.SinkConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What event headers say about a record: its key, partition, time and headers. */
final class RecordFields {
  private static final String KEY_HEADER = "key";
  private static final String ALL = "*";

  private final SinkConfig config;
  private final boolean passesHeaders;
  private final RepeatingWarning badTimestamp =
      new RepeatingWarning(LoggerFactory.getLogger(RecordFields.class));

  RecordFields(SinkConfig config) {
    this.config = config;
    this.passesHeaders =
        config.recordIds()
            || !config.recordHeaders().isEmpty()
            || !config.passedHeaders().isEmpty();
  }

  static byte @Nullable [] key(Map<String, String> headers) {
    String key = headers.get(KEY_HEADER);
    return key == null ? null : bytes(key);
  }

  /** The partition asked for, or null for the client's choice. */
  @Nullable Integer partition(Map<String, String> headers, String topic)
      throws UndeliverableException {
    String header = config.partitionHeader();
    String text = header == null ? null : headers.get(header);
    if (text == null) {
      return config.partition();
    }
    try {
      int partition = Integer.parseInt(text);
      if (partition >= 0) {
        return partition;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UndeliverableException(
        topic, "header " + header + " is not the number of a partition");
  }

  /** Milliseconds since 1970, or null for the time of sending. */
  @Nullable Long timestamp(Map<String, String> headers) {
    String header = config.timestampHeader();
    String text = header == null ? null : headers.get(header);
    if (text == null) {
      return null;
    }
    try {
      long timestamp = Long.parseLong(text);
      if (timestamp >= 0) {
        return timestamp;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    badTimestamp.warn(
        "sink '%s': header %s is not a time in milliseconds; the record gets the time of sending"
            .formatted(config.name(), header));
    return null;
  }

  /** Adds what the configuration passes on. */
  void addHeaders(Headers result, Event event, Map<String, String> headers) {
    if (!passesHeaders) {
      return;
    }
    config.recordHeaders().forEach((from, to) -> add(result, to, headers.get(from)));
    for (String name : config.passedHeaders()) {
      if (name.equals(ALL)) {
        headers.forEach((header, value) -> add(result, header, value));
      } else {
        add(result, name, headers.get(name));
      }
    }
    if (config.recordIds() && event instanceof LogEvent line) {
      add(result, RecordHeaderNames.FILE, line.origin().ledger().position().file().path());
      add(result, RecordHeaderNames.OFFSET, Long.toString(line.start()));
    }
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, bytes(value));
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
