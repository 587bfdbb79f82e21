package io.sluice.source.files;

import io.sluice.logging.RepeatingWarning;
import io.sluice.logging.Shown;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.machine.UnfinishedArchiveException;
import io.sluice.source.machine.UnsupportedArchiveException;
import io.sluice.source.metrics.SourceMetrics;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into files that are not being read yet. Used by one thread. */
final class Probe {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  private final String source;
  private final Content.Opener opener;
  private final SourceMetrics metrics;
  private final RepeatingWarning warning;
  private Set<Path> unreadable = new HashSet<>();
  private Set<Path> unreadableBefore = new HashSet<>();

  /** A question about what is in a file. */
  interface Question {
    boolean answer(Content content) throws IOException;
  }

  Probe(String source, Content.Opener opener, SourceMetrics metrics, Time time) {
    this.source = source;
    this.opener = opener;
    this.metrics = metrics;
    this.warning = new RepeatingWarning(LOG, time::nanos);
  }

  /** The file's identity; empty if it cannot be read now, which is reported. */
  Optional<Candidate> identify(Found found) {
    try (Content content = open(found)) {
      return Optional.of(Candidate.of(found, content));
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone again", found.path());
    } catch (IOException e) {
      cannotRead(found.path(), e);
    }
    return Optional.empty();
  }

  /** Opens the file for a question. */
  Answer ask(Candidate candidate, Question question) {
    try (Content content = open(candidate.found())) {
      return question.answer(content) ? Answer.YES : Answer.NO;
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone again", candidate.found().path());
    } catch (IOException e) {
      cannotRead(candidate.found().path(), e);
    }
    return Answer.UNKNOWN;
  }

  private Content open(Found found) throws IOException {
    Content content = opener.open(found.real());
    Optional<FileKey> key = Optional.empty();
    try {
      key = FileKey.of(Files.readAttributes(found.real(), BasicFileAttributes.class));
    } finally {
      if (!key.equals(Optional.of(found.key()))) {
        content.close();
      }
    }
    if (key.isEmpty() || !key.get().equals(found.key())) {
      throw new NoSuchFileException(found.real().toString());
    }
    return content;
  }

  void cannotRead(Path path, IOException cause) {
    boolean expected =
        cause instanceof ClosedByInterruptException
            || cause instanceof UnfinishedArchiveException
            || cause instanceof UnsupportedArchiveException;
    if (!expected) {
      if (!(cause instanceof NoSuchFileException)) {
        unreadable.add(path);
        metrics.incrementEventReadFail();
      }
      warning.warn(
          () ->
              "source '%s': cannot read %s (%s); tried again at the next scan"
                  .formatted(source, Shown.of(path), cause));
    }
  }

  /** A scan begins: what could not be read is tried again. */
  void nextScan() {
    unreadableBefore = unreadable;
    unreadable = new HashSet<>();
  }

  /** How many files could not be read when last tried. */
  int unreadableFiles() {
    return Math.max(unreadable.size(), unreadableBefore.size());
  }
}
