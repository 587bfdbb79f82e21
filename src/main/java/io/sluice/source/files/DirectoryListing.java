package io.sluice.source.files;

import io.sluice.logging.RepeatingWarning;
import io.sluice.logging.Shown;
import io.sluice.source.config.FileGroup;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Archives;
import io.sluice.source.machine.Time;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of folders, whether or not they are looked for. A folder is listed once until {@link
 * #expire}: where thousands of files vanish at once, each asks for the same listing.
 *
 * <p>Used by one thread.
 */
final class DirectoryListing {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryListing.class);

  private final String source;
  private final RepeatingWarning unreadable;
  private final Map<Path, Map<FileKey, Entry>> listings = new HashMap<>();

  /** A regular file of a folder. */
  record Entry(Path path, FileKey key, long size, long modifiedMillis) {
    /** The file as one of {@code group}. */
    Found in(FileGroup group) {
      return new Found(path, path, group, key, size, modifiedMillis);
    }

    boolean isCompressed() {
      return Archives.isNamedLikeOne(path);
    }
  }

  DirectoryListing(String source, Time time) {
    this.source = source;
    this.unreadable = new RepeatingWarning(LOG, time::nanos);
  }

  /** What was listed may have changed by now. */
  void expire() {
    listings.clear();
  }

  /** All regular files of {@code folder}; none if it cannot be read. */
  Collection<Entry> of(Path folder) {
    return byKey(folder).values();
  }

  /** The file of that key in {@code folder}, whatever it is called. */
  Optional<Entry> find(Path folder, FileKey key) {
    return Optional.ofNullable(byKey(folder).get(key));
  }

  private Map<FileKey, Entry> byKey(Path folder) {
    return listings.computeIfAbsent(folder, this::list);
  }

  private Map<FileKey, Entry> list(Path folder) {
    var files = new LinkedHashMap<FileKey, Entry>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path path : entries) {
        lookOrWarn(path).ifPresent(entry -> files.put(entry.key(), entry));
      }
    } catch (IOException e) {
      warn(folder, e);
    } catch (DirectoryIteratorException e) {
      warn(folder, e);
    }
    return files;
  }

  /** An entry that cannot be looked at, such as a link that leads nowhere, costs itself alone. */
  private Optional<Entry> lookOrWarn(Path path) {
    try {
      return entry(path);
    } catch (IOException e) {
      warn(path, e);
      return Optional.empty();
    }
  }

  /** The regular file at {@code path}, if there is one. */
  static Optional<Entry> look(Path path) {
    try {
      return entry(path);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Entry> entry(Path path) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return FileKey.of(attributes)
        .filter(key -> attributes.isRegularFile())
        .map(
            key ->
                new Entry(path, key, attributes.size(), attributes.lastModifiedTime().toMillis()));
  }

  private void warn(Path path, Exception cause) {
    if (!(cause instanceof NoSuchFileException)) {
      unreadable.warn(
          () ->
              "source '%s': cannot look at %s (%s); it is left out when renamed files and copies are"
                      .formatted(source, Shown.of(path), cause)
                  + " looked for");
    }
  }
}
