package io.sluice.source;

import io.sluice.logging.RepeatingWarning;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.files.FileTracker;
import io.sluice.source.lines.Batch;
import io.sluice.source.lines.Tailer;
import io.sluice.source.machine.Signals;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.SourceMetrics;
import io.sluice.source.positions.PositionFile;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flume.ChannelException;
import org.apache.flume.channel.ChannelProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running source: looks for changes, moves lines to the channel, and saves positions.
 *
 * <p>Used by the source's thread; {@link #stop} by another when that has ended.
 */
final class SourceLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SourceLoop.class);

  /** Longest wait for a change, so that a stop is quick and positions are saved in time. */
  private static final long MOST_WAIT_MILLIS = 500;

  private static final long FIRST_RETRY_MILLIS = 10;
  private static final long LAST_RETRY_MILLIS = 1_000;

  /** The scan may take this part of one core at most: while signals work, and without them. */
  private static final int REST_WITH_SIGNALS = 200;

  private static final int REST_WITHOUT_SIGNALS = 20;

  /** However slow the file system was once, it is looked at again within this time. */
  private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String source;
  private final SourceConfig config;
  private final Acknowledgement acknowledgement;
  private final FileTracker tracker;
  private final Tailer tailer;
  private final Signals signals;
  private final Optional<PositionFile> positionFile;
  private final SourceMetrics metrics;
  private final ShownFiles shownFiles;
  private final Time time;
  private final Batch batch;
  private final RepeatingWarning full;
  private boolean saved;
  private long nextScan;
  private long nextSettle;
  private long nextSave;
  private long retryMillis = FIRST_RETRY_MILLIS;

  SourceLoop(
      String source,
      SourceConfig config,
      Acknowledgement acknowledgement,
      FileTracker tracker,
      Tailer tailer,
      Signals signals,
      Optional<PositionFile> positionFile,
      SourceMetrics metrics,
      ShownFiles shownFiles,
      Time time) {
    this.source = source;
    this.config = config;
    this.acknowledgement = acknowledgement;
    this.tracker = tracker;
    this.tailer = tailer;
    this.signals = signals;
    this.positionFile = positionFile;
    this.metrics = metrics;
    this.shownFiles = shownFiles;
    this.time = time;
    this.batch = new Batch(acknowledgement.capacity(config.batchSize()));
    this.full = new RepeatingWarning(LOG, time::nanos);
    this.nextScan = time.nanos();
    this.nextSettle = time.nanos();
    this.nextSave = time.nanos() + config.writePosInterval().toNanos();
  }

  /** Puts one batch on the channel, or waits a moment for something to read. */
  void step(ChannelProcessor channel) throws InterruptedException {
    listen(0);
    saveIfDue();
    if (batch.isEmpty()) {
      acknowledgement.announce(tracker.files().takeUnannounced());
      batch.begin(time.nanos(), acknowledgement.nextSequence());
      tailer.fill(batch, tracker);
    }
    if (!batch.isEmpty()) {
      put(channel);
    } else if (!tailer.isBusy()) {
      listen(millisToNext());
    }
  }

  private void listen(long millis) throws InterruptedException {
    boolean whole = signals.await(millis, tracker::changed);
    if (!whole || time.nanos() - nextScan >= 0) {
      tracker.scan();
      int rest = signals.isComplete() ? REST_WITH_SIGNALS : REST_WITHOUT_SIGNALS;
      long pause = Math.min(MOST_PAUSE_NANOS, tracker.lastScanNanos() * rest);
      nextScan = time.nanos() + Math.max(config.scanInterval().toNanos(), pause);
      if (!saved) {
        save(); // Or a kill now would make the next start the first one again.
      }
    }
    if (time.nanos() - nextSettle >= 0) {
      tracker.settle();
      shownFiles.show(tracker.files(), metrics, time.nanos());
      nextSettle = time.nanos() + config.scanInterval().toNanos();
    }
  }

  private long millisToNext() {
    long now = time.nanos();
    long next = Math.min(nextScan - now, nextSave - now);
    return Math.max(1, Math.min(MOST_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(next)));
  }

  private void put(ChannelProcessor channel) throws InterruptedException {
    metrics.received(batch.size());
    acknowledgement.expect(batch);
    try {
      channel.processEventBatch(batch.forChannel());
    } catch (ChannelException e) {
      refused(e);
      return;
    }
    if (acknowledgement.endsAtChannel()) {
      batch.deliveredToChannel();
    }
    metrics.accepted(batch.size(), batch.bytes());
    batch.clear();
    retryMillis = FIRST_RETRY_MILLIS;
  }

  private void refused(ChannelException cause) throws InterruptedException {
    metrics.incrementChannelWriteFail();
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    full.warn(
        () ->
            "source '%s': the channel takes no more (%s); the same %d events are tried again"
                .formatted(source, cause.getMessage(), batch.size()));
    time.sleep(retryMillis);
    retryMillis = Math.min(LAST_RETRY_MILLIS, retryMillis * 2);
  }

  private void saveIfDue() {
    long now = time.nanos();
    // A thread that is to stop cannot write files; stop() saves.
    if (now - nextSave >= 0 && !Thread.currentThread().isInterrupted()) {
      save();
      nextSave = now + config.writePosInterval().toNanos();
    }
  }

  private void save() {
    if (acknowledgement.isInKafka() && saved) {
      return; // From then on positions are Kafka's.
    }
    saved = true;
    if (positionFile.isPresent() && !positionFile.get().save(tracker.files().positions())) {
      metrics.incrementGenericProcessingFail();
    }
  }

  private void saveForTheLastTime() {
    save();
    positionFile.ifPresent(PositionFile::release);
  }

  /** Ends the epoch: lines that no sink has taken yet will be read again, if that can be. */
  void stop() {
    boolean readAgain = !acknowledgement.endsAtChannel();
    if (readAgain && tracker.files().isAnyAway()) {
      tracker.scanForTheLastTime();
    }
    tracker.files().close(readAgain);
    signals.close();
    save();
    acknowledgement.saveLate(this::saveForTheLastTime);
    LOG.info("source '{}' stopped", source);
  }
}
