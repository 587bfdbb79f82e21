package io.sluice.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flume.Context;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of three. */
final class SinkLoopTest {
  private final MemoryChannel channel = new MemoryChannel();
  private final FakeKafka kafka = new FakeKafka();
  private SinkMetrics metrics;
  private SinkLoop dispatch;

  @BeforeEach
  void start() {
    channel.setName("dispatched");
    channel.configure(new Context(Map.of("keep-alive", "0")));
    channel.start();
    metrics = new SinkMetrics("dispatched");
    dispatch = dispatch("at-least-once");
  }

  private SinkLoop dispatch(String guarantee) {
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap.servers", "nowhere:9092");
    keys.put("topics.raw", "raw");
    keys.put("flumeBatchSize", "3");
    keys.put("guarantee", guarantee);
    if (guarantee.equals("exactly-once")) {
      keys.put("deliveryId", "test");
    }
    var problems = new Problems("sink 'dispatched'");
    SinkConfig config = SinkSettings.parse("dispatched", keys, problems);
    problems.throwIfAny("");
    return new SinkLoop(() -> kafka, config, channel, metrics);
  }

  @AfterEach
  void stop() {
    dispatch.stop();
    channel.stop();
  }

  @Test
  void fourFullBatchesAreOnTheirWayWhileTheNextIsFilled() {
    kafka.slow = true;
    put("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o");
    for (int i = 0; i < 3; i++) {
      assertThat(dispatch.step()).isTrue();
    }
    assertThat(kafka.delivered).isEmpty();
    dispatch.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c");
    dispatch.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void whatIsAnsweredIsAcknowledgedWithoutWaitingForTheRest() {
    put("a", "b", "c", "d", "e", "f");
    dispatch.step();
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(3);
  }

  @Test
  void whatIsOnItsWayIsSeenToBeforeTheChannelIsWaitedFor() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    dispatch.step();
    dispatch.step();
    assertThat(kafka.delivered).isEmpty();
    dispatch.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aLineAfterABatchOnItsWayIsSentWithoutWaitingForThat() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    dispatch.step();
    dispatch.step();
    assertThat(kafka.batches).isEqualTo(2);
    assertThat(kafka.delivered).isEmpty();
  }

  @Test
  void aBatchThatEmptiesTheChannelIsWaitedForAtOnce() {
    put("a", "b");
    dispatch.step();
    assertThat(kafka.delivered).containsExactly("a", "b");
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(2);
  }

  @Test
  void inTransactionsAPositionIsCommittedThoughThereIsNoLine() {
    dispatch.stop();
    dispatch = dispatch("exactly-once");
    dispatch.step();
    assertThat(kafka.positions).isEmpty();
    var position = new Position("tail", new FileIdentity("/var/log/copy", 1, 2, 0, 0), 70, 5);
    Pairing.of(channel).announcements().announce(new Ledger(position));
    kafka.away = true;
    assertThat(dispatch.step()).isFalse();
    kafka.away = false;
    dispatch.step();
    dispatch.step();
    assertThat(kafka.positions).containsExactly(position);
  }

  @Test
  void inTransactionsEveryBatchIsWaitedFor() {
    dispatch.stop();
    dispatch = dispatch("exactly-once");
    put("a", "b", "c", "d");
    dispatch.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c");
  }

  @Test
  void whatDidNotArriveComesAgainInItsOrder() {
    put("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
    kafka.away = true;
    for (int i = 0; i < 3; i++) {
      assertThat(dispatch.step()).as("a full batch need not be answered yet").isTrue();
    }
    assertThat(dispatch.step()).isFalse();
    kafka.away = false;
    deliverAll();
    assertThat(kafka.delivered)
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(13);
  }

  @Test
  void whatArrivedBeforeTheConnectionWasClosedDoesNotComeAgain() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    dispatch.step();
    kafka.away = true;
    kafka.arriving = true;
    dispatch.step();
    assertThat(dispatch.step()).isFalse();
    kafka.away = false;
    deliverAll();
    assertThat(kafka.delivered).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void aStopGivesWhatIsOnItsWayTheChanceToArrive() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    dispatch.step();
    kafka.arriving = true;
    dispatch.stop();
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(3);
  }

  @Test
  void whatIsOnItsWayAtAStopAndDoesNotArriveIsLeftForTheNextSink() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    dispatch.step();
    dispatch.stop();
    dispatch = dispatch("at-least-once");
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  private void deliverAll() {
    for (int i = 0; i < 5; i++) {
      dispatch.step();
    }
  }

  /** Another thread's transaction, as a source's is. */
  private void put(String... bodies) {
    CompletableFuture.runAsync(
            () -> {
              Transaction transaction = channel.getTransaction();
              transaction.begin();
              for (String body : bodies) {
                channel.put(EventBuilder.withBody(body, UTF_8));
              }
              transaction.commit();
              transaction.close();
            })
        .join();
  }
}
