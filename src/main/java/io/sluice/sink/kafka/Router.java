package io.sluice.sink.kafka;

import io.sluice.event.EventHeaders;
import io.sluice.event.LogEvent;
import io.sluice.event.Verdicts;
import io.sluice.event.kafka.VerdictRecordHeaders;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.TopicRoutes;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Invalid;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.flume.formatter.output.BucketPath;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes of an event the records that go to Kafka: the raw one, and the one that its verdict asks
 * for. An event that nobody has judged goes to the invalid topic with the reason {@code UNJUDGED},
 * because there it is seen.
 */
final class Router {
  /** Takes the records of one event, one after the other. */
  interface Output {
    void send(Event event, ProducerRecord<byte[], byte[]> record, Count count)
        throws UndeliverableException, InterruptedException;
  }

  private final TopicRoutes topics;
  private final @Nullable String topicHeader;
  private final RecordFields fields;
  private final VerdictRecordHeaders verdictHeaders = new VerdictRecordHeaders();
  private final @Nullable AvroBody avro;

  Router(SinkConfig config) {
    this.topics = config.topics();
    this.topicHeader = config.topicHeader();
    this.fields = new RecordFields(config);
    this.avro = config.avro() ? new AvroBody() : null;
  }

  /**
   * Sends the event's records to {@code output}.
   *
   * @throws UndeliverableException if the event asks for an impossible record
   */
  void route(Event event, Output output) throws UndeliverableException, InterruptedException {
    Map<String, String> headers = headers(event);
    byte[] body = avro == null ? event.getBody() : avro(avro, event);
    if (topics.plain() != null) {
      output.send(event, record(plainTopic(headers), event, headers, body), Count.PLAIN_RECORDS);
      return;
    }
    if (topics.raw() != null) {
      output.send(event, record(topics.raw(), event, headers, body), Count.RAW_RECORDS);
    }
    if (topics.valid() != null || topics.invalid() != null) {
      routeJudged(event, headers, body, output);
    }
  }

  private byte[] avro(AvroBody writer, Event event) throws UndeliverableException {
    try {
      return writer.of(event);
    } catch (RuntimeException e) { // how Avro says that a header has no name or no value
      throw new UndeliverableException(
          String.valueOf(topics.plain() == null ? topics.raw() : topics.plain()),
          "the event cannot be written as Avro: " + e.getClass().getSimpleName());
    }
  }

  private void routeJudged(Event event, Map<String, String> headers, byte[] body, Output output)
      throws UndeliverableException, InterruptedException {
    Optional<Verdict> verdict = Verdicts.of(event);
    if (verdict.isPresent() && verdict.get() instanceof Verdict.Valid) {
      if (topics.valid() != null) {
        ProducerRecord<byte[], byte[]> record = record(topics.valid(), event, headers, body);
        stamp(record, headers);
        output.send(event, record, Count.VALID_RECORDS);
      }
    } else if (topics.invalid() != null) {
      ProducerRecord<byte[], byte[]> record = record(topics.invalid(), event, headers, body);
      Invalid invalid =
          verdict.isPresent() && verdict.get() instanceof Invalid found ? found : null;
      verdictHeaders.addTo(record.headers(), invalid);
      stamp(record, headers);
      output.send(event, record, Count.INVALID_RECORDS);
    }
  }

  /** Where the event's dead letters go; null if there is no such topic. */
  @Nullable String invalidTopic(Event event) {
    String template = topics.invalid();
    if (template == null || template.indexOf('%') < 0) {
      return template;
    }
    try {
      return fillIn(template, headers(event));
    } catch (UndeliverableException e) {
      return null;
    }
  }

  /** Says by which rules, if the interceptor was asked to and the configuration did not pass it. */
  private void stamp(ProducerRecord<byte[], byte[]> record, Map<String, String> headers) {
    String rules = headers.get(EventHeaders.RULES);
    if (rules != null && record.headers().lastHeader(EventHeaders.RULES) == null) {
      verdictHeaders.addRules(record.headers(), rules);
    }
  }

  /** The event's headers, without making a map for a line that has none. */
  private static Map<String, String> headers(Event event) {
    return event instanceof LogEvent line && line.isBare() ? Map.of() : event.getHeaders();
  }

  private String plainTopic(Map<String, String> headers) {
    String named = topicHeader == null ? null : headers.get(topicHeader);
    return named != null ? named : String.valueOf(topics.plain());
  }

  private ProducerRecord<byte[], byte[]> record(
      String template, Event event, Map<String, String> headers, byte[] body)
      throws UndeliverableException {
    String topic = template.indexOf('%') < 0 ? template : fillIn(template, headers);
    var record =
        new ProducerRecord<>(
            topic,
            fields.partition(headers, topic),
            fields.timestamp(headers),
            RecordFields.key(headers),
            body);
    fields.addHeaders(record.headers(), event, headers);
    return record;
  }

  private static String fillIn(String template, Map<String, String> headers)
      throws UndeliverableException {
    try {
      return BucketPath.escapeString(template, headers);
    } catch (RuntimeException e) { // how Flume says that a header is missing or no time
      throw new UndeliverableException(template, "the event's headers do not fill in the topic");
    }
  }
}
