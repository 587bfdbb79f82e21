package io.sluice.source.files;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptors of a source: a bounded number, whatever it reads. Beyond it, the file that was
 * opened longest ago is closed. Deleted files alone are kept open, because nobody could open them
 * again.
 *
 * <p>Used by one thread, but for {@link #count}.
 */
public final class OpenFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
  private static final int MOST = 400;

  private final Set<OpenFile> open = new LinkedHashSet<>();
  private volatile int count;

  void opened(OpenFile file) {
    open.add(file);
    if (open.size() > MOST) {
      Optional<OpenFile> oldest =
          open.stream().filter(one -> one != file && one.isStillNamed()).findFirst();
      oldest.ifPresent(OpenFiles::close);
    }
    count = open.size();
  }

  private static void close(OpenFile file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("a file could not be closed", e);
    }
  }

  void closed(OpenFile file) {
    open.remove(file);
    count = open.size();
  }

  /** Safe to call from any thread. */
  int count() {
    return count;
  }
}
