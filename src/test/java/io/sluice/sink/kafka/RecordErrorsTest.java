package io.sluice.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sink.kafka.RecordErrors.Kind;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.junit.jupiter.api.Test;

final class RecordErrorsTest {
  private static final String LIST = "record-errors.txt";

  /** Fails when a new client brings a new class: decide what it means, and add it to the list. */
  @Test
  void everyErrorOfTheClientHasItsKind() throws Exception {
    String expected;
    try (InputStream list = RecordErrorsTest.class.getResourceAsStream(LIST)) {
      expected = new String(list.readAllBytes(), UTF_8);
    }
    assertThat(kinds()).isEqualTo(expected);
  }

  private static String kinds() throws Exception {
    Path jar =
        Path.of(KafkaException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var client = new JarFile(jar.toFile())) {
      return client.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("org/apache/kafka/") && name.endsWith("Exception.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .map(RecordErrorsTest::load)
          .filter(KafkaException.class::isAssignableFrom)
          .map(type -> RecordErrors.kind(type) + " " + type.getName() + "\n")
          .sorted()
          .collect(joining());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RecordErrorsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTimeIsTheRecordsFaultOnlyIfItsEventBroughtIt() {
    var error = new InvalidTimestampException("too far ahead");
    assertThat(RecordErrors.kind(error, new ProducerRecord<>("raw", null, 1L, null, "line")))
        .isEqualTo(Kind.FOR_GOOD);
    assertThat(RecordErrors.kind(error, new ProducerRecord<>("raw", "line")))
        .as("it is this machine's clock")
        .isEqualTo(Kind.NEIGHBOR);
  }

  @Test
  void theTextOfAnErrorDecidesNothing() {
    var error = new InvalidRecordException("Timestamp 1 of message is out of range");
    assertThat(RecordErrors.kind(error, new ProducerRecord<>("raw", "line")))
        .isEqualTo(Kind.FOR_GOOD);
  }

  @Test
  void whatIsNotKafkasIsOurs() {
    assertThat(RecordErrors.kind(NullPointerException.class)).isEqualTo(Kind.OURS);
  }
}
