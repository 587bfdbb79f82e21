package io.sluice.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import java.util.HashMap;
import java.util.List;
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
  private SinkLoop loop;

  @BeforeEach
  void start() {
    channel.setName("looped");
    channel.configure(new Context(Map.of("keep-alive", "0")));
    channel.start();
    metrics = new SinkMetrics("looped");
    loop = loop("at-least-once");
  }

  private SinkLoop loop(String guarantee) {
    return loop(guarantee, Company.UNKNOWN);
  }

  private SinkLoop loop(String guarantee, Company company) {
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap.servers", "nowhere:9092");
    keys.put("topics.raw", "raw");
    keys.put("flumeBatchSize", "3");
    keys.put("guarantee", guarantee);
    if (guarantee.equals("exactly-once")) {
      keys.put("deliveryId", "test");
    }
    var problems = new Problems("sink 'looped'");
    SinkConfig config = SinkSettings.parse("looped", keys, problems);
    problems.throwIfAny("");
    return new SinkLoop(() -> kafka, config, channel, company, metrics);
  }

  @AfterEach
  void stop() {
    loop.stop();
    channel.stop();
  }

  @Test
  void fourFullBatchesAreOnTheirWayWhileTheNextIsFilled() {
    kafka.slow = true;
    put("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o");
    for (int i = 0; i < 3; i++) {
      assertThat(loop.step()).isTrue();
    }
    assertThat(kafka.delivered).isEmpty();
    loop.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c");
    loop.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void withoutLinesItShowsThatNoBrokerIsThereUntilOneIs() {
    loop.step();
    assertThat(loop.state().isConnected()).isTrue();
    kafka.alone = true;
    loop.step();
    assertThat(loop.state().isConnected()).isFalse();
    assertThat(loop.state().getLastError()).isEqualTo("no broker of nowhere:9092 can be reached");
    kafka.alone = false;
    loop.step();
    assertThat(loop.state().isConnected()).isTrue();
    assertThat(loop.state().getLastError()).isEmpty();
  }

  @Test
  void whatIsAnsweredIsAcknowledgedWithoutWaitingForTheRest() {
    put("a", "b", "c", "d", "e", "f");
    loop.step();
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(3);
  }

  @Test
  void whatIsOnItsWayIsSeenToBeforeTheChannelIsWaitedFor() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    loop.step();
    loop.step();
    assertThat(kafka.delivered).isEmpty();
    loop.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aLineAfterABatchOnItsWayIsSentWithoutWaitingForThat() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    loop.step();
    loop.step();
    assertThat(kafka.batches).isEqualTo(2);
    assertThat(kafka.delivered).isEmpty();
  }

  @Test
  void aBatchThatEmptiesTheChannelIsWaitedForAtOnce() {
    put("a", "b");
    loop.step();
    assertThat(kafka.delivered).containsExactly("a", "b");
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(2);
  }

  @Test
  void inTransactionsAPositionIsCommittedThoughThereIsNoLine() {
    loop.stop();
    loop = loop("exactly-once");
    loop.step();
    assertThat(kafka.positions).isEmpty();
    var position = new Position("tail", new FileIdentity("/var/log/copy", 1, 2, 0, 0), 70, 5);
    Pairing.of(channel).announcements().announce(new Ledger(position));
    kafka.away = true;
    assertThat(loop.step()).isFalse();
    kafka.away = false;
    loop.step();
    loop.step();
    assertThat(kafka.positions).containsExactly(position);
  }

  @Test
  void inTransactionsEveryBatchIsWaitedFor() {
    loop.stop();
    loop = loop("exactly-once");
    put("a", "b", "c", "d");
    loop.step();
    assertThat(kafka.delivered).containsExactly("a", "b", "c");
  }

  @Test
  void whatDidNotArriveComesAgainInItsOrder() {
    put("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
    kafka.away = true;
    for (int i = 0; i < 3; i++) {
      assertThat(loop.step()).as("a full batch need not be answered yet").isTrue();
    }
    assertThat(loop.step()).isFalse();
    assertThat(metrics.getEventWriteFail()).isEqualTo(1);
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
    loop.step();
    kafka.away = true;
    kafka.arriving = true;
    loop.step();
    assertThat(loop.step()).isFalse();
    kafka.away = false;
    deliverAll();
    assertThat(kafka.delivered).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void aStopGivesWhatIsOnItsWayTheChanceToArrive() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    loop.step();
    kafka.arriving = true;
    loop.stop();
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(3);
  }

  @Test
  void whatIsOnItsWayAtAStopAndDoesNotArriveIsLeftForTheNextSink() {
    kafka.slow = true;
    put("a", "b", "c", "d");
    loop.step();
    loop.stop();
    loop = loop("at-least-once");
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aCommitThatTookPlaceUnansweredIsNotRepeated() {
    loop.stop();
    loop = loop("exactly-once");
    put("a", "b", "c", "d");
    kafka.losingAnswers = true;
    assertThat(loop.step()).isFalse();
    kafka.losingAnswers = false;
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
    assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(4);
  }

  @Test
  void aCommitThatDidNotTakePlaceComesAgain() {
    loop.stop();
    loop = loop("exactly-once");
    put("a", "b", "c", "d");
    kafka.losingCommits = true;
    assertThat(loop.step()).isFalse();
    assertThat(loop.step()).isFalse();
    kafka.losingCommits = false;
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatIsInDoubtAtAStopIsToldToTheNextSink() {
    loop.stop();
    loop = loop("exactly-once");
    put("a", "b", "c", "d");
    kafka.losingAnswers = true;
    loop.step();
    loop.stop();
    assertThat(Pairing.of(channel).returnedCount()).isEqualTo(3);
    kafka.losingAnswers = false;
    loop = loop("exactly-once");
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  @Test
  void eventsThatAnInterceptorReplacedAreNotShippedExactlyOnce() {
    loop.stop();
    loop = loop("exactly-once", new Company(false, List.of(), true));
    put("a", "b", "c");
    assertThat(loop.step()).isFalse();
    deliverAll();
    assertThat(kafka.delivered).isEmpty();
    assertThat(loop.state().getLastError()).contains("interceptor");
  }

  @Test
  void eventsThatAnInterceptorReplacedAreReported() {
    loop.stop();
    loop = loop("at-least-once", new Company(false, List.of(), true));
    kafka.slow = true;
    put("a", "b", "c", "d");
    loop.step();
    assertThat(loop.state().getLastError()).contains("interceptor");
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
    assertThat(metrics.getReplacedEventCount()).isEqualTo(4);
  }

  @Test
  void aRefusedTransactionIsHalvedUntilTheCulpritIsAlone() {
    loop.stop();
    loop = loop("exactly-once");
    kafka.poison = "b";
    put("a", "b", "c", "d");
    assertThat(loop.step()).isTrue();
    assertThat(loop.step()).isTrue();
    assertThat(kafka.delivered).containsExactly("a");
    loop.step();
    assertThat(kafka.batches).as("one of three, one of one, the culprit's").isEqualTo(3);
    kafka.poison = "none"; // a dead letter stands for it from now on
    deliverAll();
    assertThat(kafka.delivered).containsExactly("a", "b", "c", "d");
  }

  private void deliverAll() {
    for (int i = 0; i < 5; i++) {
      loop.step();
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
