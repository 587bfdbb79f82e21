package io.sluice.delivery;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Receipt.Outcome;
import io.sluice.suite.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ReceiptTest {
  private final Receipt receipt = new Receipt(2);

  @Test
  void isDeliveredWithTheLastMessage() throws InterruptedException {
    receipt.delivered();
    receipt.delivered();

    assertThat(receipt.await(Duration.ZERO)).isEqualTo(Outcome.DELIVERED);
    receipt.abandon();
    assertThat(receipt.isAbandoned()).as("abandoned after all is settled").isFalse();
  }

  @Test
  void whatIsDroppedIsNotWaitedFor() throws InterruptedException {
    receipt.dropped();
    receipt.delivered();

    assertThat(receipt.await(Duration.ZERO)).isEqualTo(Outcome.SOME_DROPPED);
    assertThat(receipt.droppedCount()).isEqualTo(1);
  }

  @Test
  void aTimeoutIsFinal() throws InterruptedException {
    receipt.delivered();

    assertThat(receipt.await(Duration.ZERO)).isEqualTo(Outcome.ABANDONED);
    assertThat(receipt.isAbandoned()).isTrue();
    receipt.delivered();
    assertThat(receipt.await(Duration.ZERO)).isEqualTo(Outcome.ABANDONED);
  }

  @Test
  void whoeverWaitsHearsOfTheLastDropAtOnce() throws InterruptedException {
    var outcome = new AtomicReference<Outcome>();
    var waiting = new Thread(() -> outcome.set(awaitLong()));
    waiting.start();
    await("the thread waits").until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    receipt.dropped();
    receipt.dropped();

    waiting.join(Patience.LIMIT.toMillis());
    assertThat(outcome).hasValue(Outcome.SOME_DROPPED);
  }

  private Outcome awaitLong() {
    try {
      return receipt.await(Duration.ofHours(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBatchTellsOfItsDeliveryOnceAndLeavesNoPosition() {
    List<String> told = new ArrayList<>();
    var account = new BatchAccount(new Announcements());
    account.add(() -> told.add("first try"));
    account.taken();
    account.clear(); // rolled back

    account.add(() -> told.add("second try"));
    account.taken();
    assertThat(account.positionsAfter()).isEmpty();
    account.delivered();
    account.delivered();

    assertThat(told).containsExactly("second try");
  }
}
