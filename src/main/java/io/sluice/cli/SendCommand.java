package io.sluice.cli;

import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Puts messages on a topic: those of the command line, or each line of standard input.",
      ""
    })
final class SendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "raw-messages",
      description = "Topic to write (${DEFAULT-VALUE}).")
  private String topic = "";

  @Parameters(paramLabel = "MESSAGE", arity = "0..*", description = "Messages to send.")
  private List<String> messages = List.of();

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  @Override
  public Integer call() throws ClusterException, IOException {
    Map<String, Object> properties = client.properties();
    try (var cluster = new Cluster(properties)) {
      cluster.requireTopics(Set.of(topic));
      long sent = send(properties);
      Exception failed = failure.get();
      if (failed != null) {
        throw cluster.unreachable(failed);
      }
      spec.commandLine().getErr().printf("sent %d to %s%n", sent, topic);
      return ExitCode.OK;
    } catch (KafkaException e) {
      throw new ClusterException("the messages cannot be sent: " + e.getMessage(), e);
    }
  }

  private long send(Map<String, Object> properties) throws IOException {
    var serializer = new ByteArraySerializer();
    long sent = 0;
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      if (!messages.isEmpty()) {
        messages.forEach(message -> send(producer, message.getBytes(StandardCharsets.UTF_8)));
        return messages.size();
      }
      // A character is a byte, so that no line is decoded.
      var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        send(producer, line.getBytes(StandardCharsets.ISO_8859_1));
        sent++;
      }
    }
    return sent;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, byte[] message) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, message),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }
}
