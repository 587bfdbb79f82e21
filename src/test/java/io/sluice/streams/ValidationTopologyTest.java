package io.sluice.streams;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class ValidationTopologyTest {
  private static final byte[] KEY = {0, (byte) 0xFF, 1};

  @TempDir Path folder;
  private TopologyTestDriver driver;
  private StreamsConfiguration config;
  private OutputLimits limits = OutputLimits.ofProducer(Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  private ValidationTopologyTest with(String... settings) {
    Map<String, String> given = new HashMap<>();
    given.put("kafka.bootstrap.servers", "nowhere:1");
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    var problems = new Problems("streams");
    config =
        StreamsSettings.parse(given, problems, LoggerFactory.getLogger(getClass())).orElse(null);
    problems.throwIfAny();
    driver = new TopologyTestDriver(ValidationTopology.of(config, limits), config.properties());
    return this;
  }

  private ValidationTopologyTest judge(TestRecord<byte[], byte[]> item) {
    TestInputTopic<byte[], byte[]> raw =
        driver.createInputTopic(config.raw(), new ByteArraySerializer(), new ByteArraySerializer());
    raw.pipeInput(item);
    return this;
  }

  private ValidationTopologyTest judge(String... lines) {
    for (String line : lines) {
      judge(new TestRecord<>(KEY, line.getBytes(UTF_8)));
    }
    return this;
  }

  private List<TestRecord<byte[], byte[]>> valid() {
    return read(config.valid());
  }

  private List<TestRecord<byte[], byte[]>> invalid() {
    return read(config.invalid());
  }

  private List<TestRecord<byte[], byte[]>> read(String topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  private static List<String> values(List<TestRecord<byte[], byte[]>> records) {
    return records.stream().map(item -> new String(item.value(), UTF_8)).toList();
  }

  private static List<String> headers(TestRecord<byte[], byte[]> item) {
    var texts = new ArrayList<String>();
    for (Header header : item.headers()) {
      byte[] value = header.value();
      texts.add(header.key() + "=" + (value == null ? null : new String(value, UTF_8)));
    }
    return texts;
  }

  @Test
  void sortsByTheRange() {
    with("range", "[10,20]").judge("9.99", "10", "20", "20.00000000000000000000001");

    assertThat(values(valid())).containsExactly("10", "20");
    assertThat(values(invalid())).containsExactly("9.99", "20.00000000000000000000001");
  }

  @Test
  void tellsWhyARecordIsInvalid() {
    with("range", "[10,20]").judge(" 21 ");

    assertThat(headers(invalid().get(0)))
        .containsExactly(
            "validation.rule=range",
            "validation.reason=ABOVE",
            "validation.value=21",
            "validation.range=[10,20]");
  }

  @Test
  void keepsBytesKeyTimeAndForeignHeaders() {
    byte[] value = {'1', '5', ' ', '\n'};
    var given = new RecordHeaders().add("trace", new byte[] {(byte) 0xC3, 0x28});

    with("range", "[10,20]").judge(new TestRecord<>(KEY, value, given, 1_234L));

    TestRecord<byte[], byte[]> item = valid().get(0);
    assertThat(item.value()).isEqualTo(value);
    assertThat(item.key()).isEqualTo(KEY);
    assertThat(item.timestamp()).isEqualTo(1_234L);
    assertThat(item.headers()).isEqualTo(given);
  }

  @Test
  void trustsNoVerdictThatCameAlong() {
    var given =
        new RecordHeaders()
            .add("validation", "invalid".getBytes(UTF_8))
            .add("validation.reason", "ABOVE".getBytes(UTF_8))
            .add("validation.reason", "GAP".getBytes(UTF_8))
            .add("validation.rules", "x".getBytes(UTF_8))
            .add("validations", "kept".getBytes(UTF_8));

    with("range", "[10,20]")
        .judge(new TestRecord<>(KEY, "15".getBytes(UTF_8), given))
        .judge(new TestRecord<>(KEY, "5".getBytes(UTF_8), given));

    assertThat(headers(valid().get(0))).containsExactly("validations=kept");
    assertThat(headers(invalid().get(0)))
        .contains("validation.reason=BELOW")
        .doesNotContain("validation.reason=ABOVE", "validation.reason=GAP", "validation.rules=x");
  }

  @Test
  void judgesHeaders() {
    with("range", "[10,20]", "field", "header:t")
        .judge(
            new TestRecord<>(
                KEY, "a".getBytes(UTF_8), new RecordHeaders().add("t", "15".getBytes(UTF_8))))
        .judge(new TestRecord<>(KEY, "b".getBytes(UTF_8), new RecordHeaders().add("t", null)))
        .judge("c");

    assertThat(values(valid())).containsExactly("a");
    assertThat(headers(invalid().get(0))).contains("validation.reason=MISSING");
  }

  @Test
  void aRecordWithoutValueIsJudgedAsEmptyAndStaysWithoutValue() {
    with("range", "[10,20]").judge(new TestRecord<>(KEY, (byte[]) null));

    TestRecord<byte[], byte[]> item = invalid().get(0);
    assertThat(item.value()).isNull();
    assertThat(headers(item)).contains("validation.reason=NOT_A_NUMBER", "validation.value=");
  }

  @Test
  void dropsWhatARuleSaysToDrop() {
    with("range", "[10,20]", "onNotANumber", "drop").judge("ten", "15");

    assertThat(valid()).hasSize(1);
    assertThat(invalid()).isEmpty();
    assertThat(config.validator().counts().dropped()).isEqualTo(1);
  }

  @Test
  void stampsTheRulesWhenAsked() {
    with("range", "[10,20]", "stampRules", "true").judge("15", "5");

    String stamp = "validation.rules=" + config.validator().rules().hash();
    assertThat(headers(valid().get(0))).containsExactly(stamp);
    assertThat(headers(invalid().get(0))).hasSize(5).endsWith(stamp);
  }

  @Test
  void takesOverAChangedRulesFileWhileRunning() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.properties"), "range = [10,20]");
    with("rulesFile", rules.toString()).judge("25");
    Files.writeString(rules, "range = [10,30.0]");

    await("the validator looks at its file once a second")
        .until(
            () -> {
              driver.advanceWallClockTime(Duration.ofSeconds(1));
              return config.validator().reloads() == 1;
            });

    assertThat(values(judge("25").valid())).containsExactly("25");
  }

  @Test
  void aRecordThatItsReasonMakesTooLargeIsDescribedInstead() {
    byte[] line = ("value=99 " + "x".repeat(800)).getBytes(UTF_8);
    limits = new OutputLimits(Map.of("invalid-messages", 900L), 1_000_000, false);

    with("field", "key:value", "range", "[10,20]").judge(new TestRecord<>(KEY, line));

    TestRecord<byte[], byte[]> letter = invalid().get(0);
    assertThat(letter.value()).isEqualTo(java.util.Arrays.copyOf(line, 512));
    assertThat(letter.key()).isNull();
    assertThat(text(letter, "validation.reason")).isEqualTo("UNDELIVERABLE");
    assertThat(text(letter, "sluice.topic")).isEqualTo("invalid-messages");
    assertThat(text(letter, "sluice.error")).contains("bytes, the topic takes 900");
    assertThat(text(letter, "sluice.length")).isEqualTo("809");
    assertThat(text(letter, "sluice.record")).isEqualTo("raw-messages/0@0");
    judge("value=15", "value=9");
    assertThat(valid()).hasSize(1);
    assertThat(invalid()).hasSize(1);
  }

  @Test
  void aValidRecordThatItsTopicWouldRefuseIsDescribedToo() {
    limits = new OutputLimits(Map.of("valid-messages", 100L), 1_000_000, false);

    with("field", "key:value", "range", "[10,20]").judge("value=15 " + "x".repeat(100));

    assertThat(valid()).isEmpty();
    assertThat(text(invalid().get(0), "sluice.topic")).isEqualTo("valid-messages");
  }

  @Test
  void whetherACompressedRecordFitsIsLeftToTheBroker() {
    limits = new OutputLimits(Map.of("valid-messages", 100L), 1_000_000, true);

    with("field", "key:value", "range", "[10,20]").judge("value=15 " + "x".repeat(100));

    assertThat(valid()).hasSize(1);
  }

  @Test
  void aRecordBeyondTheProducersRequestSizeIsDescribed() {
    limits =
        OutputLimits.ofProducer(
            Map.of("producer.max.request.size", "1000", "compression.type", "lz4"));

    with("field", "key:value", "range", "[10,20]").judge("value=15 " + "x".repeat(1_000));

    assertThat(text(invalid().get(0), "sluice.error")).contains("max.request.size is 1000");
  }

  private static String text(TestRecord<byte[], byte[]> item, String header) {
    return new String(item.headers().lastHeader(header).value(), UTF_8);
  }
}
