package io.sluice.replay;

import io.sluice.event.kafka.VerdictRecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records again, without their verdict, each batch in one transaction with the offsets of
 * what was read (KIP-98, KIP-447): in the progress topic, which counts, and in the group, where
 * tools look. Not thread-safe.
 */
final class RawRecords implements AutoCloseable {
  /** How often a record was replayed, in decimal digits. Public: people look at it. */
  static final String ATTEMPTS = "sluice.replay.attempts";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final ReplayProgress progress;

  /** Fences a replay of the same id that still runs, and ends what it left open. */
  RawRecords(ReplayRequest request, ReplayProgress progress) {
    Map<String, Object> properties = new HashMap<>(request.client());
    properties.put("transactional.id", request.kafkaId());
    properties.put("batch.size", "131072");
    properties.put("linger.ms", "5");
    // What the topic takes is the broker's decision; the record was in a topic already.
    properties.put("max.request.size", String.valueOf(64 << 20));
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    topic = request.to();
    this.progress = progress;
    producer.initTransactions();
  }

  void write(List<ConsumerRecord<byte[], byte[]>> records, InvalidRecords source) {
    producer.beginTransaction();
    for (ConsumerRecord<byte[], byte[]> item : records) {
      var unused = producer.send(renewed(item, topic)); // The commit fails if this does.
    }
    var ignored = producer.send(progress.record(source.offsets()));
    producer.sendOffsetsToTransaction(source.offsets(), source.group());
    producer.commitTransaction();
  }

  static ProducerRecord<byte[], byte[]> renewed(ConsumerRecord<byte[], byte[]> item, String topic) {
    Headers headers = new RecordHeaders(item.headers());
    int attempts = attempts(VerdictRecordHeaders.text(headers, ATTEMPTS));
    VerdictRecordHeaders.removeFrom(headers);
    headers.remove(ATTEMPTS);
    headers.add(ATTEMPTS, Integer.toString(attempts + 1).getBytes(StandardCharsets.US_ASCII));
    Long timestamp = item.timestamp() < 0 ? null : Long.valueOf(item.timestamp());
    return new ProducerRecord<>(topic, null, timestamp, item.key(), item.value(), headers);
  }

  private static int attempts(@Nullable String text) {
    return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  @Override
  public void close() {
    producer.close();
  }
}
