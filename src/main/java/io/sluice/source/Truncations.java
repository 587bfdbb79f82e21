package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.logging.Shown;
import io.sluice.source.Finder.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when bytes that were read, or were still to be read, are gone: read on in the copy
 * that a copytruncate has made, or else say what is lost.
 *
 * <p>Used by one thread.
 */
final class Truncations {
  private static final Logger log = LoggerFactory.getLogger(Truncations.class);

  private final String source;
  private final FileTable files;
  private final Traces traces;
  private final Finder finder;
  private final Candidates candidates;
  private final Content.Opener opener;
  private final LogFileSourceCounter counter;
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();

  /**
   * Bytes that were not read before a file was truncated, and that are in no copy.
   *
   * @param before what had been read
   * @param to end of what is known to be gone, or {@link Gap#UNKNOWN}
   */
  record Missed(FileGroup group, Object key, Trace before, long to) {}

  Truncations(
      String source,
      FileTable files,
      Traces traces,
      Finder finder,
      Candidates candidates,
      Content.Opener opener,
      LogFileSourceCounter counter) {
    this.source = source;
    this.files = files;
    this.traces = traces;
    this.finder = finder;
    this.candidates = candidates;
    this.opener = opener;
    this.counter = counter;
  }

  /**
   * Looks for what was not read of a file before it was truncated.
   *
   * @param fresh files just found; a copy is taken out
   * @return what is in no copy
   */
  Optional<Missed> findRest(TailedFile file, Collection<Candidate> fresh) {
    counter.truncated();
    log.info("source '{}': {} was truncated", source, file);
    Trace before = Trace.of(file);
    if (!before.isEmpty() && readRestFromCopy(before, fresh)) {
      return Optional.empty();
    }
    files.retire(file);
    return file.largestSize() > before.place().offset()
        ? Optional.of(new Missed(file.group(), file.key(), before, file.largestSize()))
        : Optional.empty();
  }

  /**
   * For files that have the inode of a trace and other content: they were truncated while nobody
   * read them, or they are new files that were given the inodes of old ones. Only under the same
   * name are bytes missed, but a copy is looked for in any case.
   *
   * @param fresh files just found; copies are taken out
   * @return what is in no copy
   */
  List<Missed> whileAway(Collection<Candidate> unknown, Collection<Candidate> fresh) {
    var missed = new ArrayList<Missed>();
    for (Candidate candidate : unknown) {
      FileIdentity identity = candidate.identity();
      for (Trace before : traces.takeAll(trace -> trace.isInode(identity))) {
        if (before.isEmpty()) {
          continue;
        }
        var others = new ArrayList<>(fresh);
        others.remove(candidate);
        if (readRestFromCopy(before, others)) {
          counter.truncated();
          fresh.removeIf(one -> files.containsKey(one.found().key()));
        } else if (before.file().path().equals(identity.path())) {
          Found found = candidate.found();
          missed.add(new Missed(found.group(), found.key(), before, Gap.UNKNOWN));
        }
      }
    }
    // One that turned out to be the copy of another has nothing to do with what its inode was.
    missed.removeIf(one -> fresh.stream().noneMatch(file -> file.found().key().equals(one.key())));
    missed.forEach(one -> counter.truncated());
    return missed;
  }

  /** Goes on with {@code before} in its copy: one of {@code fresh}, or beside the original. */
  private boolean readRestFromCopy(Trace before, Collection<Candidate> fresh) {
    if (files.all().stream().anyMatch(file -> !file.isOf(before.file()) && holds(file, before))) {
      return true;
    }
    var possible = new ArrayList<Candidate>(fresh);
    possible.addAll(besides(before));
    possible.sort(
        Comparator.comparingLong((Candidate candidate) -> candidate.found().modifiedMillis())
            .reversed());
    for (Candidate candidate : possible) {
      if (candidates.ask(candidate, before::fits)) {
        fresh.remove(candidate);
        log.info(
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

  /** Files in the same directory that are not looked for, and long enough. */
  private List<Candidate> besides(Trace before) {
    var besides = new ArrayList<Candidate>();
    for (Found sibling : Siblings.of(Path.of(before.file().path()), finder.firstGroup())) {
      boolean longEnough =
          sibling.size() >= before.place().offset() || sibling.path().toString().endsWith(".gz");
      if (longEnough
          && !files.containsKey(sibling.key())
          && finder.find(sibling.path()).isEmpty()) {
        candidates.identify(sibling).ifPresent(besides::add);
      }
    }
    return besides;
  }

  private boolean holds(TailedFile file, Trace before) {
    try {
      return file.sightings().size() >= before.place().offset() && before.fits(file.open(opener));
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
    counter.lost();
    gaps.add(gap);
    log.warn(
        "source '{}': {} was truncated or deleted, and no copy was found: bytes {} {} lost.",
        source,
        Shown.of(gap.path()),
        gap.range(),
        gap.to() == Gap.UNKNOWN ? "may be" : "are");
  }

  /** Adds the records of gaps that are not on their way yet, as far as there is room. */
  void addGaps(Batch batch) {
    while (!gaps.isEmpty() && !batch.isFull()) {
      gaps.remove().addTo(batch);
    }
  }
}
