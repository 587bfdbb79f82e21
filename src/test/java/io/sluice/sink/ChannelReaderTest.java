package io.sluice.sink;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.PseudoTxnMemoryChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChannelReaderTest {
  private static final int CAPACITY = 4;

  private final MemoryChannel channel = new MemoryChannel();
  private ChannelReader reader;

  @BeforeEach
  void start() {
    channel.setName("reader");
    channel.configure(
        new Context(Map.of("capacity", "4", "transactionCapacity", "4", "keep-alive", "0")));
    channel.start();
    reader = new ChannelReader(channel, CAPACITY);
  }

  @AfterEach
  void stop() {
    channel.stop();
  }

  @Test
  void aBatchMayBeLargerThanTheTransactionsOfAMemoryChannel() {
    put("a", "b", "c", "d");
    reader.begin();
    assertThat(take(4)).containsExactly("a", "b", "c", "d");
    assertThat(take(1)).as("the channel is empty").isEmpty();
    put("e", "f");
    assertThat(take(2)).containsExactly("e", "f");
    assertThat(reader.most(10_000)).isEqualTo(10_000);
  }

  @Test
  void whatIsGivenBackIsTakenAgainInItsOrderAndBeforeAnythingElse() {
    put("a", "b", "c", "d");
    reader.begin();
    take(4);
    take(1); // turns the transaction over
    put("e", "f");
    take(1);
    reader.giveBack();

    reader.begin();
    assertThat(take(6)).containsExactly("a", "b", "c", "d", "e", "f");
    reader.giveBack();

    reader.begin();
    assertThat(take(2)).containsExactly("a", "b");
    reader.giveBack();

    reader.begin();
    assertThat(take(7)).containsExactly("a", "b", "c", "d", "e", "f");
    reader.commitChannel();
    reader.delivered();
    assertThat(Pairing.of(channel).hasReturned()).isFalse();
  }

  @Test
  void anotherSinkTakesWhatThisOneGaveBack() {
    put("a", "b", "c", "d");
    reader.begin();
    take(5);
    reader.giveBack();

    var other = new ChannelReader(channel, CAPACITY);
    other.begin();
    assertThat(take(other, 4)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void theLastOfWhatWasGivenBackIsNotFollowedByAWaitForMore() {
    put("a", "b", "c", "d");
    reader.begin();
    take(5);
    reader.giveBack();
    reader.begin();
    take(3);
    assertThat(reader.hasMore()).isTrue();
    take(1);
    assertThat(reader.hasMore()).isFalse();
  }

  @Test
  void whatIsDeliveredIsGone() {
    put("a", "b", "c", "d");
    reader.begin();
    take(5);
    reader.commitChannel();
    reader.delivered();
    reader.begin();
    assertThat(take(1)).isEmpty();
  }

  @Test
  void aSourceThatWaitsForRoomGetsItBeforeTheBatchEnds() throws Exception {
    channel.configure(
        new Context(Map.of("capacity", "4", "transactionCapacity", "4", "keep-alive", "60")));
    put("a", "b", "c", "d");
    reader.begin();
    take(4);
    var source = new Thread(() -> putNow("e"));
    source.start();
    await("the source has been given the processor").pollInSameThread().until(reader::hasMore);
    assertThat(take(1)).containsExactly("e");
    source.join();
  }

  @Test
  void aChannelThatOutlivesTheProcessIsNotCommittedBeforeTheBatch() {
    Channel durable = new PseudoTxnMemoryChannel();
    durable.setName("durable");
    Configurables.configure(durable, new Context());
    assertThat(new ChannelReader(durable, CAPACITY).most(10_000)).isEqualTo(CAPACITY);
  }

  private List<String> take(int most) {
    return take(reader, most);
  }

  private static List<String> take(ChannelReader from, int most) {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Event event = from.take();
      if (event == null) {
        break;
      }
      bodies.add(new String(event.getBody(), UTF_8));
    }
    return bodies;
  }

  /** Another thread's transaction, as a source's is. */
  private void put(String... bodies) {
    CompletableFuture.runAsync(() -> putNow(bodies)).join();
  }

  private void putNow(String... bodies) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (String body : bodies) {
      channel.put(EventBuilder.withBody(body, UTF_8));
    }
    transaction.commit();
    transaction.close();
  }
}
