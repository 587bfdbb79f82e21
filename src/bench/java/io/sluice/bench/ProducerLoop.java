package io.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads files, cuts them into lines, and sends these. It follows nothing, remembers nothing and
 * promises nothing: what it costs, nobody who uses the Java producer can save.
 */
final class ProducerLoop {
  private static final int CHUNK_BYTES = 1 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  private ProducerLoop(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Brokers, topic, compression, logs. */
  public static void main(String[] arguments) throws IOException {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "compression.type",
            arguments[2],
            "acks",
            "all",
            "linger.ms",
            5,
            "batch.size",
            1_000_000,
            "buffer.memory",
            64 << 20);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      var loop = new ProducerLoop(producer, arguments[1]);
      for (int i = 3; i < arguments.length; i++) {
        loop.send(Path.of(arguments[i]));
      }
    }
  }

  private void send(Path log) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int held = 0;
    try (InputStream in = Files.newInputStream(log)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk, held, CHUNK_BYTES - held)) {
        held = sendLines(chunk, held + read);
      }
    }
  }

  /** Sends the whole lines and moves the rest to the front; how much that is. */
  private int sendLines(byte[] chunk, int end) {
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (chunk[i] == '\n') {
        var unused =
            producer.send(new ProducerRecord<>(topic, Arrays.copyOfRange(chunk, start, i)));
        start = i + 1;
      }
    }
    System.arraycopy(chunk, start, chunk, 0, end - start);
    return end - start;
  }
}
