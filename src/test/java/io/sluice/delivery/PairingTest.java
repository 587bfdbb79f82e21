package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.PseudoTxnMemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

final class PairingTest {
  private final Channel channel = new MemoryChannel();
  private final Pairing pairing = Pairing.of(channel);
  private final Object sink = new Object();

  @Test
  void belongsToTheChannelObject() {
    assertThat(Pairing.of(channel)).isSameAs(pairing);
    assertThat(Pairing.of(new MemoryChannel())).isNotSameAs(pairing);
  }

  @Test
  void withoutASinkOfOursNothingIsPromised() {
    assertThat(pairing.guarantee()).isEmpty();
    pairing.join(sink, Guarantee.AT_LEAST_ONCE);
    assertThat(pairing.guarantee()).contains(Guarantee.AT_LEAST_ONCE);
    pairing.leave(sink);
    assertThat(pairing.guarantee()).isEmpty();
  }

  @Test
  void aChannelThatIsNoMemoryChannelAcknowledgesNothing() {
    Pairing other = Pairing.of(new PseudoTxnMemoryChannel());
    other.join(sink, Guarantee.AT_LEAST_ONCE);

    assertThat(other.guarantee()).isEmpty();
  }

  @Test
  void aSourceGetsItsOwnPositionsOnceTheyAreReleasedAndNoMoreWhenTheSinkHasLeft() {
    var file = new FileIdentity("/a", 1, 2, 0, 0);
    var mine = new Position("mine", file, 7, 0);
    pairing.join(sink, Guarantee.EXACTLY_ONCE);
    assertThat(pairing.committed("mine")).isEmpty();

    pairing.release(List.of(mine, new Position("other", file, 8, 0)));
    assertThat(pairing.committed("mine")).contains(List.of(mine));

    pairing.leave(sink);
    assertThat(pairing.committed("mine")).isEmpty();
  }

  @Test
  void positionsAreSavedOnceMoreWhenTheLastSinkLeaves() {
    var saves = new ArrayList<String>();
    Object second = new Object();
    pairing.join(sink, Guarantee.AT_LEAST_ONCE);
    pairing.join(second, Guarantee.AT_LEAST_ONCE);

    pairing.saveLate(() -> saves.add("saved"));
    pairing.leave(sink);
    assertThat(saves).isEmpty();
    pairing.leave(second);
    assertThat(saves).containsExactly("saved");
  }

  @Test
  void whatWasSavedLateIsNotSavedAgainForTheNextSink() {
    var saves = new ArrayList<String>();
    pairing.join(sink, Guarantee.AT_LEAST_ONCE);
    pairing.saveLate(() -> saves.add("saved"));
    pairing.leave(sink);

    pairing.join(sink, Guarantee.AT_LEAST_ONCE);
    pairing.leave(sink);

    assertThat(saves).containsExactly("saved");
  }

  @Test
  void withoutASinkPositionsAreSavedAtOnce() {
    var saves = new ArrayList<String>();

    pairing.saveLate(() -> saves.add("saved"));

    assertThat(saves).containsExactly("saved");
  }

  @Test
  void eventsGivenBackAreTakenAgainInTheirOrderAndBeforeThoseGivenBackEarlier() {
    Event first = EventBuilder.withBody(new byte[] {1});
    Event second = EventBuilder.withBody(new byte[] {2});
    Event third = EventBuilder.withBody(new byte[] {3});
    pairing.giveBack(List.of(third));
    pairing.giveBack(List.of(first, second));

    assertThat(pairing.returnedCount()).isEqualTo(3);
    assertThat(pairing.takeReturned()).isSameAs(first);
    assertThat(pairing.takeReturned()).isSameAs(second);
    assertThat(pairing.takeReturned()).isSameAs(third);
    assertThat(pairing.takeReturned()).isNull();
    assertThat(pairing.hasReturned()).isFalse();
  }

  @Test
  void sinksOfOneChannelShareOneLockAndAreCounted() {
    pairing.join(sink, Guarantee.AT_LEAST_ONCE);
    pairing.join(new Object(), Guarantee.AT_LEAST_ONCE);

    assertThat(pairing.sinkCount()).isEqualTo(2);
    assertThat(Pairing.of(channel).taking()).isNotNull().isSameAs(pairing.taking());
  }
}
