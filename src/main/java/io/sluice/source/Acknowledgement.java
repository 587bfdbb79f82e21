package io.sluice.source;

import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import io.sluice.source.lines.Batch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.Channel;
import org.apache.flume.ChannelSelector;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.event.EventBuilder;
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

  /** Of the channels whose sinks tell when a line is delivered; the position waits for all. */
  private final List<Pairing> pairings;

  /** Under exactly-once; else a position file has every position. */
  private final Optional<Pairing> exact;

  private Acknowledgement(String source, ChannelSelector selector) {
    this.source = source;
    this.channels = selector.getAllChannels();
    this.pairings =
        required(selector).stream()
            .map(Pairing::of)
            .filter(pairing -> pairing.guarantee().isPresent())
            .toList();
    this.exact = channels.stream().map(Pairing::of).filter(Acknowledgement::isExact).findFirst();
  }

  static Acknowledgement through(String source, ChannelSelector selector) {
    return new Acknowledgement(source, selector);
  }

  /** The channels that get every line; none if the selector gives each line to some of several. */
  private static List<Channel> required(ChannelSelector selector) {
    List<Channel> all = selector.getAllChannels();
    if (all.size() == 1) {
      return all;
    }
    return selector instanceof ReplicatingChannelSelector
        ? selector.getRequiredChannels(EventBuilder.withBody(new byte[0]))
        : List.of();
  }

  private static boolean isExact(Pairing pairing) {
    return pairing.guarantee().filter(Guarantee.EXACTLY_ONCE::equals).isPresent();
  }

  /** Why nothing may be read, or empty. */
  Optional<String> objection() {
    return exact.isPresent() && channels.size() > 1
        ? Optional.of(
            "an exactly-once sink drains one of its %d channels, and positions can be in one place"
                    .formatted(channels.size())
                + " only; give the source one channel, or each channel a source")
        : Optional.empty();
  }

  /** Whether positions are kept in Kafka, by the sink. */
  boolean isInKafka() {
    return exact.isPresent();
  }

  /** The positions in Kafka, or empty while the sink has not said what they are. */
  Optional<List<Position>> committed() {
    return exact.flatMap(pairing -> pairing.committed(source));
  }

  /** The number of the lines that are read and put on the channel next. */
  long nextSequence() {
    return exact.map(pairing -> pairing.announcements().next()).orElse(0L);
  }

  /**
   * Where these files are read from is to be committed, even if no line of them follows. Everything
   * read so far must be on the channel.
   */
  void announce(List<Ledger> files) {
    exact.ifPresent(pairing -> files.forEach(pairing.announcements()::announce));
  }

  /** Nobody else tells the ledgers: what the channel has taken counts as delivered. */
  boolean endsAtChannel() {
    return pairings.isEmpty();
  }

  /** The lines of {@code batch} are delivered when every channel that tells has delivered them. */
  void expect(Batch batch) {
    if (pairings.size() > 1) {
      batch.ledgers().forEach(file -> file.waitFor(pairings));
    }
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

  /** Runs {@code save} once more when the sinks of all channels are done. */
  void saveLate(Runnable save) {
    var open = new AtomicInteger(Math.max(1, pairings.size()));
    Runnable last =
        () -> {
          if (open.decrementAndGet() == 0) {
            save.run();
          }
        };
    if (pairings.isEmpty()) {
      last.run();
    }
    pairings.forEach(pairing -> pairing.saveLate(last));
  }

  /** Says once if a crash loses lines whose positions have moved. */
  void warnOfLosses() {
    List<String> untold =
        channels.stream()
            .filter(channel -> Pairing.of(channel).isAcknowledging())
            .filter(channel -> !pairings.contains(Pairing.of(channel)))
            .map(Channel::getName)
            .toList();
    if (untold.isEmpty()) {
      return;
    }
    String why =
        channels.size() > 1 && pairings.isEmpty()
            ? "it has several channels, and which of them delivered a line cannot be told"
            : "no RoutingKafkaSink drains channel " + String.join(", ", untold);
    LOG.warn(
        "source '{}': {}. Positions move as soon as a channel has a line, so a crash, and a stop as"
            + " well, loses what a memory channel holds then.",
        source,
        why);
  }
}
