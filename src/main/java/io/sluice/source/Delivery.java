package io.sluice.source;

import io.sluice.delivery.Announcements;
import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import io.sluice.source.PositionFile.Loaded;
import io.sluice.source.SourceKeys.Compressed;
import java.io.IOException;
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
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final String source;
  private final List<Channel> channels;

  /** The only channel's; empty if there are several. */
  private final Optional<Pairing> pairing;

  private final Optional<Guarantee> guarantee;

  /** Under exactly-once; else a position file has every position. */
  private final Optional<Announcements> announcements;

  private Delivery(String source, List<Channel> channels) {
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

  static Delivery through(String source, List<Channel> channels) {
    return new Delivery(source, channels);
  }

  /** The feed from where the last one was, or empty while the sink has not said where that is. */
  Optional<Feed> begin(SourceConfig config, Surroundings surroundings, LogFileSourceCounter counter)
      throws IOException {
    var file =
        new PositionFile("source '" + source + "'", config.positionFile(), surroundings.time());
    if (announcements.isPresent()) {
      Optional<List<Position>> committed = pairing.flatMap(pair -> pair.committed(source));
      if (committed.isEmpty()) {
        return Optional.empty();
      }
      // Once, when the guarantee was raised: from then on positions are Kafka's.
      Loaded loaded =
          committed.get().isEmpty()
              ? file.load().toMove()
              : new Loaded(true, committed.get(), List.of());
      return Optional.of(feed(config, surroundings, counter, Optional.empty(), loaded));
    }
    warnOfLosses();
    file.reserve();
    return Optional.of(feed(config, surroundings, counter, Optional.of(file), file.load()));
  }

  private Feed feed(
      SourceConfig config,
      Surroundings machine,
      LogFileSourceCounter counter,
      Optional<PositionFile> file,
      Loaded loaded) {
    String component = "source '" + source + "'";
    boolean unzipping = config.compressed() != Compressed.AS_IS;
    Surroundings surroundings = unzipping ? machine : machine.withoutUnzipping();
    if (!config.followLinks()) {
      surroundings = machine.withoutLinks(unzipping);
    }
    Signals signals = surroundings.signals().apply(component);
    var finder = new Finder(component, config, signals, surroundings.time());
    var tailer =
        new Tailer(
            new LineReader(
                surroundings.opener(), cutter(config.lines(), counter, surroundings.time())),
            config.maxBatchCount(),
            surroundings.time());
    var inventory =
        new Inventory(source, config, surroundings, finder, loaded, counter, tailer::enqueue);
    return new Feed(
        source, config, this, inventory, tailer, signals, file, counter, surroundings.time());
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

  private static LineCutter cutter(LineRules rules, LogFileSourceCounter counter, Time time) {
    var bodies = new Bodies(rules, counter, time);
    return rules.isPlain()
        ? new PlainLines(bodies, rules.maxLineBytes())
        : new TextLines(rules, bodies, counter);
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

  private void warnOfLosses() {
    boolean inMemory = channels.stream().anyMatch(channel -> Pairing.of(channel).isAcknowledging());
    if (!guarantee.isEmpty() || !inMemory) {
      return;
    }
    String why =
        channels.size() > 1
            ? "it has several channels, and which of them delivered a line cannot be told"
            : "no RoutingKafkaSink drains its channel";
    log.warn(
        "source '{}': {}. Positions move as soon as a channel has a line, so a crash, and a stop as"
            + " well, loses what a memory channel holds then.",
        source,
        why);
  }
}
