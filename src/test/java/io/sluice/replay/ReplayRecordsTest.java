package io.sluice.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.replay.Selection.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class ReplayRecordsTest {
  private static final Selection ALL =
      new Selection(List.of(), List.of(), Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));

  private static ConsumerRecord<byte[], byte[]> invalid(String... headers) {
    var given = new RecordHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      given.add(headers[i], headers[i + 1].getBytes(UTF_8));
    }
    return new ConsumerRecord<>(
        "invalid",
        0,
        7,
        1_000L,
        TimestampType.CREATE_TIME,
        1,
        1,
        new byte[] {1},
        new byte[] {2},
        given,
        Optional.empty());
  }

  private static List<String> headers(ProducerRecord<byte[], byte[]> item) {
    var texts = new ArrayList<String>();
    item.headers()
        .forEach(header -> texts.add(header.key() + "=" + new String(header.value(), UTF_8)));
    return texts;
  }

  @Test
  void takesAwayTheVerdictAndKeepsTheRest() {
    ProducerRecord<byte[], byte[]> item =
        RawRecords.renewed(
            invalid("validation", "invalid", "trace", "x", "validation.reason", "BELOW"), "raw");

    assertThat(headers(item)).containsExactly("trace=x", "sluice.replay.attempts=1");
    assertThat(item.topic()).isEqualTo("raw");
    assertThat(item.key()).isEqualTo(new byte[] {1});
    assertThat(item.value()).isEqualTo(new byte[] {2});
    assertThat(item.timestamp()).isEqualTo(1_000L);
    assertThat(item.partition()).isNull();
  }

  @Test
  void countsAttempts() {
    assertThat(headers(RawRecords.renewed(invalid("sluice.replay.attempts", "9"), "raw")))
        .containsExactly("sluice.replay.attempts=10");
    assertThat(headers(RawRecords.renewed(invalid("sluice.replay.attempts", "many"), "raw")))
        .containsExactly("sluice.replay.attempts=1");
  }

  @Test
  void selectsByRuleReasonAndTime() {
    ConsumerRecord<byte[], byte[]> item =
        invalid("validation.rule", "hot", "validation.reason", "BELOW");
    Instant time = Instant.ofEpochMilli(1_000);

    assertThat(ALL.of(item)).isEqualTo(Answer.TAKEN);
    assertThat(select(List.of("cold", "hot"), List.of("BELOW"), time, time.plusMillis(1), item))
        .isEqualTo(Answer.TAKEN);
    assertThat(select(List.of("cold"), List.of(), Instant.EPOCH, ALL.until(), item))
        .isEqualTo(Answer.PASSED_OVER);
    assertThat(select(List.of(), List.of("ABOVE"), Instant.EPOCH, ALL.until(), item))
        .isEqualTo(Answer.PASSED_OVER);
    assertThat(select(List.of(), List.of(), time.plusMillis(1), ALL.until(), item))
        .isEqualTo(Answer.PASSED_OVER);
    assertThat(select(List.of(), List.of(), Instant.EPOCH, time, item))
        .isEqualTo(Answer.PASSED_OVER);
  }

  private static Answer select(
      List<String> rules,
      List<String> reasons,
      Instant since,
      Instant until,
      ConsumerRecord<byte[], byte[]> item) {
    return new Selection(rules, reasons, since, until).of(item);
  }

  @Test
  void leavesOutWhatIsNoLine() {
    for (String reason : List.of("UNDELIVERABLE", "GAP_IN_FILE", "TOO_LONG")) {
      assertThat(ALL.of(invalid("validation.reason", reason))).isEqualTo(Answer.NO_LINE);
    }
    assertThat(ALL.of(invalid("validation.reason", "UNJUDGED"))).isEqualTo(Answer.TAKEN);
  }

  @Test
  void anotherSelectionHasAnotherDeliveryId() {
    var other = new Selection(List.of("hot"), List.of(), ALL.since(), ALL.until());

    assertThat(ReplayRequest.deliveryIdOf("a", "b", ALL))
        .isEqualTo(ReplayRequest.deliveryIdOf("a", "b", ALL))
        .hasSize(12)
        .isNotEqualTo(ReplayRequest.deliveryIdOf("a", "b", other))
        .isNotEqualTo(ReplayRequest.deliveryIdOf("a", "c", ALL));
  }
}
