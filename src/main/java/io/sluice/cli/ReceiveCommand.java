package io.sluice.cli;

import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.logging.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints the committed messages of a topic, from its beginning, one a line, and continues until"
          + " Ctrl-C. On a terminal control characters are spelled, such as \\u{1b}; into a pipe or"
          + " a file the bytes go as they are.",
      ""
    })
final class ReceiveCommand implements Callable<Integer> {
  private static final boolean ON_TERMINAL = Boolean.getBoolean("sluice.printsToTerminal");
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "valid-messages",
      description = "Topic to read (${DEFAULT-VALUE}).")
  private String topic = "";

  @Option(names = "--headers", description = "Print headers too, as NAME=VALUE before the message.")
  private boolean headers;

  @Option(names = "--new", description = "Only what comes from now on.")
  private boolean onlyNew;

  @Option(names = "--max", paramLabel = "N", description = "End after so many messages.")
  private long max = Long.MAX_VALUE;

  @Option(names = "--to-end", description = "End at the end that the topic has at the start.")
  private boolean toEnd;

  @Override
  public Integer call() throws ClusterException, IOException {
    Map<String, Object> properties = new HashMap<>(client.properties());
    try (var cluster = new Cluster(properties)) {
      cluster.requireTopics(Set.of(topic));
      properties.put("isolation.level", "read_committed");
      properties.put("enable.auto.commit", "false");
      var deserializer = new ByteArrayDeserializer();
      try (var consumer = new KafkaConsumer<>(properties, deserializer, deserializer)) {
        print(consumer);
      } catch (KafkaException e) {
        throw cluster.unreachable(e);
      }
    }
    return ExitCode.OK;
  }

  private void print(KafkaConsumer<byte[], byte[]> consumer) throws IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    if (onlyNew) {
      consumer.seekToEnd(partitions);
    } else {
      consumer.seekToBeginning(partitions);
    }
    Map<TopicPartition, Long> ends = toEnd ? consumer.endOffsets(partitions) : Map.of();
    long printed = 0;
    while (printed < max && !(toEnd && isAt(consumer, ends))) {
      for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
        if (printed < max) {
          print(next, System.out);
          printed++;
        }
      }
      System.out.flush();
    }
  }

  private static boolean isAt(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void print(ConsumerRecord<byte[], byte[]> item, OutputStream out) throws IOException {
    if (headers) {
      for (Header header : item.headers()) {
        out.write((header.key() + "=").getBytes(StandardCharsets.UTF_8));
        write(header.value(), out);
        out.write('\t');
      }
    }
    write(item.value(), out);
    out.write('\n');
  }

  private static void write(byte @Nullable [] value, OutputStream out) throws IOException {
    if (value != null) {
      out.write(ON_TERMINAL ? harmless(value) : value);
    }
  }

  /** What a program reads is given as it is; a terminal would obey what stands in a message. */
  static byte[] harmless(byte[] value) {
    return Shown.of(new String(value, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }
}
