package io.sluice.bench;

import io.sluice.it.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The floor: a loop that reads the file and sends its lines, and promises nothing. */
final class BareProducer implements Contender {
  @Override
  public String key() {
    return "producer";
  }

  @Override
  public String title() {
    return "bare producer loop, one topic";
  }

  @Override
  public List<Topic> topics(String prefix) {
    return List.of(new Topic(prefix + "raw", number -> true));
  }

  @Override
  public JavaProcess start(Path folder, Path log, String bootstrapServers, String prefix) {
    return JavaProcess.start(
        Path.of("").toAbsolutePath(),
        folder.resolve("producer.log"),
        List.of(
            "-Xms512m",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            BareProducer.class.getName(),
            log.toString(),
            bootstrapServers,
            prefix + "raw"));
  }

  /** Log, brokers, topic. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            arguments[1],
            "acks",
            "all",
            "linger.ms",
            "5",
            "batch.size",
            512 << 10);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer);
        BufferedReader lines =
            Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        producer.send(
            new ProducerRecord<>(arguments[2], line.getBytes(StandardCharsets.ISO_8859_1)));
      }
      producer.flush();
    }
    Thread.currentThread().join(); // Whoever measures has to find the process.
  }
}
