package io.sluice.source.files;

import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The descriptor of a file being read, which it holds only at times. Used by one thread. */
final class OpenFile {
  private final FileKey key;
  private final OpenFiles others;
  private @Nullable Content content;
  private @Nullable Path openedAs;

  OpenFile(FileKey key, OpenFiles others) {
    this.key = key;
    this.others = others;
  }

  /**
   * The open file, opened by {@code opener} if it is not.
   *
   * @param path a link that leads to the file, if it is not at {@code real} any more
   * @throws NoSuchFileException if another file has taken its name
   */
  Content open(Path real, Path path, Content.Opener opener) throws IOException {
    Content open = content;
    if (open == null) {
      Path name = isAt(real) ? real : path;
      open = opener.open(name);
      if (!isAt(name)) {
        open.close();
        throw new NoSuchFileException(path.toString());
      }
      content = open;
      openedAs = name;
      others.opened(this);
    }
    return open;
  }

  /** Whether {@code path} leads to this file; not if nobody can tell. */
  boolean isAt(Path path) {
    try {
      return FileKey.of(Files.readAttributes(path, BasicFileAttributes.class))
          .equals(Optional.of(key));
    } catch (IOException e) {
      return false;
    }
  }

  boolean isOpen() {
    return content != null;
  }

  /** Whether it was ever open. */
  boolean wasOpen() {
    return openedAs != null;
  }

  /** Whether the file could be opened again: not if it was deleted or renamed meanwhile. */
  boolean isStillNamed() {
    Path name = openedAs;
    return name != null && isAt(name);
  }

  /** Gives the descriptor back; {@link #open} takes another. */
  void close() throws IOException {
    Content open = content;
    content = null;
    if (open != null) {
      others.closed(this);
      open.close();
    }
  }
}
