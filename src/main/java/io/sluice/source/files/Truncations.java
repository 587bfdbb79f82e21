package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.logging.Shown;
import io.sluice.source.config.FileGroup;
import io.sluice.source.files.DirectoryListing.Entry;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.metrics.SourceMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when bytes that were read, or were still to be read, are gone: read on in the copy
 * that a copytruncate has made, or else say what is lost.
 *
 * <p>Used by one thread.
 */
final class Truncations {
  private static final Logger LOG = LoggerFactory.getLogger(Truncations.class);

  private final String source;
  private final TailedFiles files;
  private final Checkpoints checkpoints;
  private final Finder finder;
  private final Probe probe;
  private final Content.Opener opener;
  private final SourceMetrics metrics;
  private final DirectoryListing listing;
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();

  /**
   * Bytes that were not read before a file was truncated, and that are in no copy.
   *
   * @param before what had been read
   * @param to end of what is known to be gone, or {@link Gap#UNKNOWN}
   */
  record Missed(FileGroup group, FileKey key, Checkpoint before, long to) {}

  Truncations(
      String source,
      TailedFiles files,
      Checkpoints checkpoints,
      Finder finder,
      Probe probe,
      Content.Opener opener,
      DirectoryListing listing,
      SourceMetrics metrics) {
    this.source = source;
    this.files = files;
    this.checkpoints = checkpoints;
    this.finder = finder;
    this.probe = probe;
    this.opener = opener;
    this.metrics = metrics;
    this.listing = listing;
  }

  /**
   * Looks for what was not read of a file before it was truncated.
   *
   * @param fresh files just found; a copy is taken out
   * @return what is in no copy
   */
  Optional<Missed> findRest(TailedFile file, Collection<Candidate> fresh) {
    metrics.truncated();
    LOG.info("source '{}': {} was truncated", source, file);
    Checkpoint before = Checkpoint.of(file);
    if (!before.isEmpty() && readRestFromCopy(before, fresh)) {
      return Optional.empty();
    }
    files.retire(file);
    files.awaitCopy(before);
    return file.largestSize() > before.place().offset()
        ? Optional.of(new Missed(file.group(), file.key(), before, file.largestSize()))
        : Optional.empty();
  }

  /**
   * For files that have the inode of a checkpoint and other content: they were truncated while
   * nobody read them, or they are new files that were given the inodes of old ones. Only under the
   * same name are bytes missed, but a copy is looked for in any case.
   *
   * @param fresh files just found; copies are taken out
   * @return what is in no copy
   */
  List<Missed> whileAway(Collection<Candidate> unknown, Collection<Candidate> fresh) {
    var missed = new ArrayList<Missed>();
    for (Candidate candidate : unknown) {
      FileIdentity identity = candidate.identity();
      for (Checkpoint before : checkpoints.takeAllOf(candidate.key())) {
        if (before.isEmpty()) {
          continue;
        }
        var others = new ArrayList<>(fresh);
        others.remove(candidate);
        if (readRestFromCopy(before, others)) {
          metrics.truncated();
          fresh.removeIf(one -> files.containsKey(one.found().key()));
        } else if (before.file().path().equals(identity.path())) {
          Found found = candidate.found();
          missed.add(new Missed(found.group(), found.key(), before, Gap.UNKNOWN));
        }
      }
    }
    // One that turned out to be the copy of another has nothing to do with what its inode was.
    missed.removeIf(one -> fresh.stream().noneMatch(file -> file.found().key().equals(one.key())));
    missed.forEach(one -> metrics.truncated());
    return missed;
  }

  /** Goes on with {@code before} in its copy: one of {@code fresh}, or beside the original. */
  private boolean readRestFromCopy(Checkpoint before, Collection<Candidate> fresh) {
    return readRestFrom(fresh, before, fresh)
        || files.all().stream()
            .anyMatch(file -> !file.key().equals(before.key()) && holds(file, before))
        || readRestFrom(besides(before), before, fresh);
  }

  private boolean readRestFrom(
      Collection<Candidate> copies, Checkpoint before, Collection<Candidate> fresh) {
    var possible = new ArrayList<Candidate>(copies);
    // Of a copy and its archive the copy: it is whole, and the archive will be known by it.
    possible.sort(
        Comparator.comparing(Candidate::archive)
            .thenComparing(
                Comparator.comparingLong(
                        (Candidate candidate) -> candidate.found().modifiedMillis())
                    .thenComparingLong(candidate -> candidate.found().size())
                    .reversed()));
    for (Candidate candidate : possible) {
      if (probe.ask(candidate, before::fits) == Answer.YES) {
        fresh.remove(candidate);
        LOG.info(
            "source '{}': {} is the copy of {}; the rest is read from it",
            source,
            Shown.of(candidate.found().path()),
            Shown.of(before.file().path()));
        files.add(candidate, before);
        return true;
      }
    }
    return false;
  }

  /** Files in the same folders that are not looked for, and long enough. */
  private List<Candidate> besides(Checkpoint before) {
    var besides = new ArrayList<Candidate>();
    FileGroup group = before.group().orElseGet(() -> finder.groupOf(before.path()));
    for (Path folder : before.folders()) {
      for (Entry entry : listing.of(folder)) {
        boolean longEnough = entry.size() >= before.place().offset() || entry.isCompressed();
        if (longEnough
            && !files.containsKey(entry.key())
            && !finder.finds(entry.path(), entry.key())) {
          probe.identify(entry.in(group)).ifPresent(besides::add);
        }
      }
    }
    return besides;
  }

  /**
   * Continues with a file that is gone in its archive or its copy, if there is one.
   *
   * @return whether there is
   */
  boolean readRest(TailedFile gone, Collection<Candidate> copies) {
    Checkpoint before = Checkpoint.of(gone);
    return !before.isEmpty() && readRestFromCopy(before, new ArrayList<>(copies));
  }

  /** Lets the first of {@code copies} that has what {@code gone} held take its place. */
  void continueIn(Collection<Candidate> copies, TailedFile gone) {
    Checkpoint before = Checkpoint.of(gone);
    copies.stream()
        .filter(copy -> !before.isEmpty() && probe.ask(copy, before::fits) == Answer.YES)
        .findFirst()
        .ifPresent(
            copy -> {
              files.end(gone);
              files.add(copy, before);
            });
  }

  /**
   * For files whose name another has that nobody has seen before: they were rotated and deleted, or
   * only deleted, while nobody read them.
   *
   * @param fresh files just found
   * @return what may be lost
   */
  List<Missed> replacedWhileAway(Collection<Candidate> fresh) {
    var missed = new ArrayList<Missed>();
    Map<String, List<Checkpoint>> byPath =
        checkpoints.all().stream()
            .filter(known -> !known.isEmpty())
            .collect(Collectors.groupingBy(known -> known.file().path()));
    for (Candidate candidate : fresh) {
      List<Checkpoint> known = byPath.getOrDefault(candidate.identity().path(), List.of());
      if (known.size() == 1 && known.get(0).place().offset() > 0 && isNowhere(known.get(0))) {
        Checkpoint before = known.get(0);
        checkpoints.remove(before);
        if (files.all().stream().noneMatch(file -> hasRead(file, before))) {
          Found found = candidate.found();
          missed.add(new Missed(found.group(), found.key(), before, Gap.UNKNOWN));
        }
      }
    }
    return missed;
  }

  private boolean isNowhere(Checkpoint checkpoint) {
    return checkpoint.folders().stream()
        .allMatch(folder -> listing.find(folder, checkpoint.key()).isEmpty());
  }

  /** Whether the content went on in {@code file}, as in the archive of what is gone. */
  private boolean hasRead(TailedFile file, Checkpoint before) {
    return file.read().offset() >= before.place().offset() && fits(file, before);
  }

  private boolean holds(TailedFile file, Checkpoint before) {
    boolean longEnough = file.isArchive() || file.lastStat().size() >= before.place().offset();
    return longEnough && fits(file, before);
  }

  private boolean fits(TailedFile file, Checkpoint before) {
    try {
      return before.fits(file.open(opener));
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes that bytes are gone for good, after it was decided how their file is read now. */
  void lost(Missed missed) {
    FileIdentity was = missed.before().file();
    TailedFile now =
        files.get(missed.key()).orElseGet(() -> files.unread(missed.group(), missed.key(), was));
    lost(new Gap(now, was.path(), missed.before().place().offset(), missed.to()));
  }

  /** Notes that bytes are gone for good. */
  void lost(Gap gap) {
    metrics.lost();
    gaps.add(gap);
    LOG.warn(
        "source '{}': {} was truncated or deleted, and no copy was found: bytes {} {} lost.",
        source,
        Shown.of(gap.path()),
        gap.range(),
        gap.isUncertain() ? "may be" : "are");
  }

  /** The next gap whose record is not on its way yet. */
  Optional<Gap> nextGap() {
    return Optional.ofNullable(gaps.poll());
  }
}
