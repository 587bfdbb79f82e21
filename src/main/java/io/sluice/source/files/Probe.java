package io.sluice.source.files;

import io.sluice.logging.RepeatingWarning;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.machine.UnfinishedArchiveException;
import io.sluice.source.machine.UnsupportedArchiveException;
import io.sluice.source.metrics.SourceMetrics;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Identifies files that are not being read yet. Used by one thread. */
final class Probe {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  private final String source;
  private final Content.Opener opener;
  private final SourceMetrics metrics;
  private final RepeatingWarning unreadable;

  /** A question about what is in a file. */
  interface Question {
    boolean answer(Content content) throws IOException;
  }

  Probe(String source, Content.Opener opener, SourceMetrics metrics, Time time) {
    this.source = source;
    this.opener = opener;
    this.metrics = metrics;
    this.unreadable = new RepeatingWarning(LOG, time::nanos);
  }

  /** The file's identity; empty if it cannot be read now, which is told. */
  Optional<Candidate> identify(Found found) {
    try (Content content = opener.open(found.path())) {
      return Optional.of(Candidate.of(found, content));
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone again", found.path());
    } catch (IOException e) {
      cannotRead(found.path(), e);
    }
    return Optional.empty();
  }

  /** Opens the file for a question; false also if it cannot be read, which is told. */
  boolean ask(Candidate candidate, Question question) {
    try (Content content = opener.open(candidate.found().path())) {
      return question.answer(content);
    } catch (IOException e) {
      cannotRead(candidate.found().path(), e);
      return false;
    }
  }

  void cannotRead(Path path, IOException cause) {
    boolean expected =
        cause instanceof ClosedByInterruptException
            || cause instanceof UnfinishedArchiveException
            || cause instanceof UnsupportedArchiveException;
    if (!expected) {
      metrics.incrementEventReadFail();
      unreadable.warn(
          () ->
              "source '%s': cannot read %s (%s); tried again at the next scan"
                  .formatted(source, path, cause));
    }
  }
}
