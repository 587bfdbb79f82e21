package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.source.Finder.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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

  /** Reads {@code file} from its beginning, as a new one. */
  TailedFile restart(TailedFile file) {
    files.close(file);
    counter.truncated();
    log.info("source '{}': {} was truncated; read from its beginning", source, file);
    FileIdentity old = file.identity();
    var now =
        new FileIdentity(
            old.path(), old.device(), old.inode(), Head.NONE.length(), Head.NONE.hash());
    var found = new Found(file.path(), file.group(), file.key(), 0, 0);
    return files.add(new Candidate(found, now, false, Opening.NONE), beginning(now));
  }

  /**
   * Looks for what was not read of {@code file} before it was truncated.
   *
   * @param next what it is read as now
   * @param fresh files just found; a copy is taken out
   */
  void findRest(TailedFile file, TailedFile next, Collection<Candidate> fresh) {
    Trace before = Trace.of(file);
    if (before.file().headLength() > 0 && readRestFromCopy(before, fresh)) {
      return;
    }
    files.retire(file);
    if (file.largestSize() > before.place().offset()) {
      lost(new Gap(next, file.toString(), before.place().offset(), file.largestSize()));
    }
  }

  /**
   * For a file that has the inode of a trace and other content: it was truncated while nobody read
   * it, or it is a new file that was given the inode of an old one. Only under the same name are
   * bytes missed, but a copy is looked for in any case.
   */
  void whileAway(Candidate candidate, Collection<Candidate> fresh) {
    FileIdentity identity = candidate.identity();
    for (Trace before : traces.takeAll(trace -> trace.isInode(identity))) {
      if (before.file().headLength() == 0) {
        continue;
      }
      boolean missed = fresh.contains(candidate) && before.file().path().equals(identity.path());
      var others = new ArrayList<>(fresh);
      others.remove(candidate);
      if (readRestFromCopy(before, others)) {
        counter.truncated();
        fresh.removeIf(one -> files.containsKey(one.found().key()));
      } else if (missed) {
        counter.truncated();
        fresh.remove(candidate);
        TailedFile file = files.add(candidate, beginning(identity));
        lost(new Gap(file, identity.path(), before.place().offset(), Gap.UNKNOWN));
      }
    }
  }

  private static Trace beginning(FileIdentity identity) {
    return new Trace(identity, Place.START, null);
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
            candidate.found().path(),
            before.file().path());
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

  /** Notes that bytes are gone for good. */
  void lost(Gap gap) {
    counter.lost();
    gaps.add(gap);
    log.warn(
        "source '{}': {} was truncated or deleted, and no copy was found: bytes {} are lost.",
        source,
        gap.path(),
        gap.range());
  }

  /** Adds the records of gaps that are not on their way yet, as far as there is room. */
  void addGaps(Batch batch) {
    while (!gaps.isEmpty() && !batch.isFull()) {
      gaps.remove().addTo(batch);
    }
  }
}
