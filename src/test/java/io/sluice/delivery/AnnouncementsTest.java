package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnnouncementsTest {
  private final Announcements announcements = new Announcements();
  private final Ledger log = new Ledger(at(2, 0));
  private final Ledger copy = new Ledger(at(3, 70));
  private final BatchAccount account = new BatchAccount(announcements);

  @Test
  void aPositionWaitsForWhatWasPutBeforeIt() {
    long before = announcements.next();
    announcements.announce(copy);
    long after = announcements.next();
    take(log, 0, 10, before);
    assertThat(account.positionsAfter()).containsExactly(at(2, 10));
    account.delivered();
    account.clear();
    take(log, 10, 20, after);
    assertThat(account.positionsAfter()).containsExactly(at(3, 70), at(2, 20));
  }

  @Test
  void aPositionIsCommittedOnce() {
    announcements.announce(copy);
    take(log, 0, 10, announcements.next());
    assertThat(account.positionsAfter()).hasSize(2);
    account.delivered();
    assertThat(account.positionsAfter()).containsExactly(at(2, 10));
  }

  @Test
  void aPositionThatWasNotDeliveredComesAgain() {
    announcements.announce(copy);
    take(log, 0, 10, announcements.next());
    assertThat(account.positionsAfter()).hasSize(2);
    account.clear();
    take(log, 0, 10, announcements.next());
    assertThat(account.positionsAfter()).hasSize(2);
  }

  @Test
  void anEmptyChannelIsAsGoodAsALine() {
    announcements.announce(copy);
    account.clear();
    assertThat(account.positionsAfter()).isEmpty();
    account.drained();
    assertThat(account.positionsAfter()).containsExactly(at(3, 70));
  }

  @Test
  void whatIsAnnouncedAfterABatchBeganWaitsForTheNext() {
    account.clear();
    announcements.announce(copy);
    account.drained();
    assertThat(account.positionsAfter()).isEmpty();
  }

  @Test
  void theNewestPositionOfAnInodeComesLast() {
    var deleted = new Ledger(at(3, 0));
    var truncated = new Ledger(at(3, 0));
    long before = announcements.next();
    announcements.announce(copy);
    long after = announcements.next();
    take(truncated, 0, 5, after);
    take(deleted, 0, 230, before);
    assertThat(account.positionsAfter()).containsExactly(at(3, 230), at(3, 70), at(3, 5));
  }

  @Test
  void nothingIsCommittedOfASourceThatHasStopped() {
    announcements.announce(copy);
    copy.close();
    account.clear();
    account.drained();
    assertThat(account.positionsAfter()).isEmpty();
  }

  private void take(Ledger ledger, long start, long end, long sequence) {
    account.add(ledger, start, end, 0, sequence);
    account.taken();
  }

  private static Position at(long inode, long offset) {
    return new Position("tail", new FileIdentity("/var/log/" + inode, 1, inode, 0, 0), offset, 0);
  }
}
