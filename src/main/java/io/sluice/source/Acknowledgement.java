package io.sluice.source;

import io.sluice.delivery.Announcements;
import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import java.util.List;
import java.util.Optional;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the source's channels make of its positions: who acknowledges lines, and where positions are
 * kept. Immutable.
 */
final class Acknowledgement {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);

  private final String source;
  private final List<Channel> channels;

  /** The only channel's; empty if there are several. */
  private final Optional<Pairing> pairing;

  private final Optional<Guarantee> guarantee;

  /** Under exactly-once; else a position file has every position. */
  private final Optional<Announcements> announcements;

  private Acknowledgement(String source, List<Channel> channels) {
    this.source = source;
    this.channels = channels;
    this.pairing =
        channels.size() == 1 ? Optional.of(Pairing.of(channels.get(0))) : Optional.empty();
    this.guarantee = pairing.flatMap(Pairing::guarantee);
    this.announcements =
        guarantee
            .filter(Guarantee.EXACTLY_ONCE::equals)
            .flatMap(exact -> pairing)
            .map(Pairing::announcements);
  }

  static Acknowledgement through(String source, List<Channel> channels) {
    return new Acknowledgement(source, channels);
  }

  /** Whether positions are kept in Kafka, by the sink. */
  boolean isInKafka() {
    return announcements.isPresent();
  }

  /** The positions in Kafka, or empty while the sink has not said what they are. */
  Optional<List<Position>> committed() {
    return pairing.flatMap(pair -> pair.committed(source));
  }

  /** The number of the lines that are read and put on the channel next. */
  long nextSequence() {
    return announcements.map(Announcements::next).orElse(0L);
  }

  /**
   * Where these files are read from is to be committed, even if no line of them follows. Everything
   * read so far must be on the channel.
   */
  void announce(List<Ledger> files) {
    announcements.ifPresent(sink -> files.forEach(sink::announce));
  }

  /** Nobody else tells the ledgers: what the channel has taken counts as delivered. */
  boolean endsAtChannel() {
    return guarantee.isEmpty();
  }

  /** Most events of one transaction that every channel can take. */
  int capacity(int batchSize) {
    long capacity = batchSize;
    for (Channel channel : channels) {
      if (channel instanceof TransactionCapacitySupported bounded) {
        capacity = Math.min(capacity, bounded.getTransactionCapacity());
      }
    }
    return (int) Math.max(1, capacity);
  }

  /** Runs {@code save} once more when deliveries under way are settled. */
  void saveLate(Runnable save) {
    pairing.ifPresentOrElse(pair -> pair.saveLate(save), save);
  }

  /** Says once if a crash loses lines whose positions have moved. */
  void warnOfLosses() {
    boolean inMemory = channels.stream().anyMatch(channel -> Pairing.of(channel).isAcknowledging());
    if (!guarantee.isEmpty() || !inMemory) {
      return;
    }
    String why =
        channels.size() > 1
            ? "it has several channels, and which of them delivered a line cannot be told"
            : "no RoutingKafkaSink drains its channel";
    LOG.warn(
        "source '{}': {}. Positions move as soon as a channel has a line, so a crash, and a stop as"
            + " well, loses what a memory channel holds then.",
        source,
        why);
  }
}
