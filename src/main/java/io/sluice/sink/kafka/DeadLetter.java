package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.event.LogEvent;
import io.sluice.event.kafka.DeadLetterHeaders;
import io.sluice.logging.Shown;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The description of a record that Kafka refuses for good: the head of its body, and headers that
 * say what it was, where it came from and who refused it.
 */
final class DeadLetter {
  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> record(
      String invalidTopic, Event event, String refusingTopic, String error) {
    byte[] body = event.getBody();
    var record =
        new ProducerRecord<byte[], byte[]>(invalidTopic, null, DeadLetterHeaders.head(body));
    Headers headers = record.headers();
    DeadLetterHeaders.addTo(headers, body, refusingTopic, error);
    if (event instanceof LogEvent line) {
      Position position = line.origin().ledger().position();
      headers.add(RecordHeaderNames.FILE, RecordFields.bytes(position.file().path()));
      headers.add(RecordHeaderNames.OFFSET, RecordFields.bytes(Long.toString(line.start())));
    }
    return record;
  }

  /** What fits where the whole description does not: that there was a record, and which. */
  static ProducerRecord<byte[], byte[]> shortRecord(String invalidTopic, Event event) {
    var record = new ProducerRecord<byte[], byte[]>(invalidTopic, null, new byte[0]);
    DeadLetterHeaders.addShortTo(record.headers(), event.getBody());
    return record;
  }

  /** For the log: what and where, never the content. */
  static String describe(Event event) {
    byte[] body = event.getBody();
    String place = event instanceof LogEvent line ? Shown.of(line) : "an event";
    return "%s (%d bytes, SHA-256 %s)"
        .formatted(place, body.length, DeadLetterHeaders.sha256(body));
  }
}
