package io.sluice.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/at-least-once.conf} as shipped, but for paths, hosts and topic names. */
final class LogToKafkaIT {
  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void createTopics(TestInfo test) {
    pipeline =
        new Pipeline("at-least-once.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics(test.getTestMethod().orElseThrow().getName() + "-")
            .createTopics();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void sortsEveryLineByItsNumber() {
    pipeline.log().appendReadings(0, 30_000);

    pipeline.start().awaitAll();

    assertThat(pipeline.rawTally()).hasToString("written=30000 arrived=30000 lost=0 duplicates=0");
    assertThat(pipeline.judgedTally())
        .hasToString("written=30000 arrived=30000 lost=0 duplicates=0");
    assertThat(pipeline.topics().values(pipeline.valid()))
        .hasSize(11_000)
        .allSatisfy(line -> assertThat(reading(line)).isBetween(10, 20));
    assertThat(pipeline.topics().values(pipeline.invalid()))
        .hasSize(19_000)
        .allSatisfy(line -> assertThat(reading(line)).matches(value -> value < 10 || value > 20));
  }

  @Test
  void tellsWhyALineIsInvalid() {
    pipeline.log().append("value=9.99", "value=21", "value=ten", "nothing here", "value=10");

    pipeline.start().awaitAll();

    assertThat(pipeline.topics().records(pipeline.invalid()))
        .extracting(item -> header(item, "validation.reason"))
        .containsExactly("BELOW", "ABOVE", "NOT_A_NUMBER", "MISSING");
    assertThat(pipeline.topics().records(pipeline.invalid()))
        .extracting(item -> header(item, "validation.value"))
        .startsWith("9.99", "21", "ten");
  }

  @Test
  void restartInTheMiddleLosesAndRepeatsNothing() {
    pipeline.log().appendReadings(0, 60_000);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);

    assertThat(pipeline.agent().terminate()).isTrue();
    pipeline.log().appendReadings(60_000, 90_000);
    pipeline.start().awaitAll();

    assertThat(pipeline.agent().terminate()).isTrue();
    assertThat(pipeline.rawTally()).hasToString("written=90000 arrived=90000 lost=0 duplicates=0");
    assertThat(pipeline.judgedTally())
        .hasToString("written=90000 arrived=90000 lost=0 duplicates=0");
  }

  @Test
  void rawTopicHoldsTheFileInOrderByteForByte() {
    List<byte[]> lines =
        List.of(
            "größer value=12 日本語 🚰".getBytes(UTF_8),
            new byte[] {'v', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0x80},
            new byte[] {0, 'a', 0, 0, 'b', 0},
            new byte[0],
            "carriage return \r within".getBytes(UTF_8),
            new byte[0],
            "x".repeat(20_000).getBytes(UTF_8));
    var file = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      file.writeBytes(lines.get(i));
      file.writeBytes((i % 2 == 0 ? "\n" : "\r\n").getBytes(UTF_8));
    }
    for (int i = 0; i < 1_000; i++) {
      pipeline.log().append(file.toByteArray(), lines);
    }

    pipeline.start().awaitAll();

    assertThat(pipeline.topics().values(pipeline.raw()))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(pipeline.log().lines());
  }

  @Test
  void usesItsOwnKafkaClientAndNotFlumes() {
    pipeline.start();

    pipeline.agent().awaitLog("Kafka client 4.3.1 from ");

    assertThat(pipeline.agent().log()).contains("/plugins.d/sluice/kafka");
    assertThat(Homes.flume().resolve("lib/kafka-clients-2.7.2.jar")).exists();
  }

  private static int reading(byte[] line) {
    String text = new String(line, UTF_8);
    return Integer.parseInt(text.substring(text.indexOf('=') + 1));
  }

  private static String header(ConsumerRecord<byte[], byte[]> item, String name) {
    return new String(item.headers().lastHeader(name).value(), UTF_8);
  }
}
