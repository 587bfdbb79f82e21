package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flume.channel.MemoryChannel;
import org.junit.jupiter.api.Test;

/** A file that goes on with content that was read as another file, up to offset 100. */
final class SuccessorLedgerTest {
  private final Ledger original = new Ledger(at(1, 40));
  private final BatchAccount earlier = new BatchAccount();
  private final BatchAccount later = new BatchAccount();

  @Test
  void whatTheEarlierReadingHasNotDeliveredIsNotPassed() {
    Ledger copy = afterOriginalTook(40, 100);

    assertThat(copy.position()).isEqualTo(at(2, 40));
    earlier.delivered();
    assertThat(copy.position()).isEqualTo(at(2, 100));
  }

  @Test
  void linesOfItsOwnDoNotPassItEither() {
    Ledger copy = afterOriginalTook(40, 100);
    take(later, copy, 100, 110);
    later.delivered();

    assertThat(copy.position()).isEqualTo(at(2, 40));
    earlier.delivered();
    assertThat(copy.position()).isEqualTo(at(2, 110));
  }

  @Test
  void aLineOfItsOwnTellsThatTheEarlierOnesWereDropped() {
    var copy = new Ledger(at(2, 100), original); // an interceptor dropped the lines from 40 on

    assertThat(copy.position()).isEqualTo(at(2, 40));
    take(later, copy, 100, 110);
    assertThat(copy.position()).isEqualTo(at(2, 40));
    later.delivered();
    assertThat(copy.position()).isEqualTo(at(2, 110));
  }

  @Test
  void anEarlierReadingThatIsDeliveredDoesNotCount() {
    take(earlier, original, 40, 100);
    earlier.delivered();

    var copy = new Ledger(at(2, 100), original);

    assertThat(copy.position()).isEqualTo(at(2, 100));
    copy.close();
    assertThat(original.isClosed()).isFalse();
  }

  @Test
  void bothEpochsEndTogether() {
    Ledger copy = afterOriginalTook(40, 100);

    copy.close();

    assertThat(copy.isClosed()).isTrue();
    assertThat(original.isClosed()).isTrue();
  }

  @Test
  void aPositionIsAnnouncedToTheSinkOfTheSameChannel() {
    Announcements announcements = Pairing.of(new MemoryChannel()).announcements();
    var account = new BatchAccount(announcements);
    assertThat(account.hasAnnounced()).isFalse();

    announcements.announce(original);
    account.clear();
    assertThat(account.hasAnnounced()).as("before the channel is known to be empty").isFalse();
    account.drained();

    assertThat(account.hasAnnounced()).isTrue();
    assertThat(new BatchAccount().hasAnnounced()).as("a sink that commits no positions").isFalse();
  }

  private Ledger afterOriginalTook(long start, long end) {
    take(earlier, original, start, end);
    return new Ledger(at(2, end), original);
  }

  private static void take(BatchAccount account, Ledger ledger, long start, long end) {
    account.add(ledger, start, end, end, 0);
    account.taken();
  }

  private static Position at(long inode, long offset) {
    return new Position("tail", new FileIdentity("/log", 1, inode, 10, 7), offset, offset);
  }
}
