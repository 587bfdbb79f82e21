package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;

/** What one would write at first: texts, and a {@code double}. No reasons, no drop, no bounds. */
final class NaiveStreams {
  private NaiveStreams() {}

  /** Properties of Kafka Streams in a file, raw, valid and invalid topic, upper bound. */
  public static void main(String[] arguments) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    properties.put("default.key.serde", Serdes.String().getClass());
    properties.put("default.value.serde", Serdes.String().getClass());
    double highest = Double.parseDouble(arguments[4]);
    double lowest = Double.parseDouble(StreamsBench.lowest(arguments[4]));
    var builder = new StreamsBuilder();
    builder.<String, String>stream(arguments[1])
        .split()
        .branch(
            (key, line) -> isValid(line, lowest, highest),
            Branched.withConsumer(lines -> lines.to(arguments[2])))
        .defaultBranch(Branched.withConsumer(lines -> lines.to(arguments[3])));
    var streams = new KafkaStreams(builder.build(), properties);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  private static boolean isValid(String line, double lowest, double highest) {
    try {
      int start = line.indexOf("value=") + "value=".length();
      double value = Double.parseDouble(line.substring(start, line.indexOf(' ', start)));
      return value >= lowest && value <= highest;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
