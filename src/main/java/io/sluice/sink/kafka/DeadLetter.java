package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.event.EventHeaders;
import io.sluice.event.LogEvent;
import io.sluice.event.kafka.VerdictRecordHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The description of a record that Kafka refuses for good: the head of its body, and headers that
 * say what it was, where it came from and who refused it.
 */
final class DeadLetter {
  private static final byte[] UNDELIVERABLE =
      RecordFields.bytes(VerdictRecordHeaders.UNDELIVERABLE);
  private static final byte[] INVALID = RecordFields.bytes("invalid");
  private static final int HEAD_BYTES = 512;

  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> record(
      String invalidTopic, Event event, String refusingTopic, String error) {
    byte[] body = event.getBody();
    var record =
        new ProducerRecord<byte[], byte[]>(
            invalidTopic, null, Arrays.copyOf(body, Math.min(body.length, HEAD_BYTES)));
    Headers headers = record.headers();
    headers.add(EventHeaders.VALIDATION, INVALID);
    headers.add(EventHeaders.REASON, UNDELIVERABLE);
    headers.add(RecordHeaderNames.TOPIC, RecordFields.bytes(refusingTopic));
    headers.add(RecordHeaderNames.ERROR, RecordFields.bytes(error));
    headers.add(RecordHeaderNames.LENGTH, RecordFields.bytes(Integer.toString(body.length)));
    headers.add(RecordHeaderNames.SHA256, RecordFields.bytes(sha256(body)));
    if (event instanceof LogEvent line) {
      Position position = line.origin().ledger().position();
      headers.add(RecordHeaderNames.FILE, RecordFields.bytes(position.file().path()));
      headers.add(RecordHeaderNames.OFFSET, RecordFields.bytes(Long.toString(line.start())));
    }
    return record;
  }

  /** For the log: what and where, never the content. */
  static String describe(Event event) {
    byte[] body = event.getBody();
    String place = event instanceof LogEvent line ? line.toString() : "an event";
    return "%s (%d bytes, SHA-256 %s)".formatted(place, body.length, sha256(body));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
