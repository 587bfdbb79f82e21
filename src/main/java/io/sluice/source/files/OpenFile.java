package io.sluice.source.files;

import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The descriptor of a file being read, which it holds only at times. Used by one thread. */
final class OpenFile {
  private final Object key;
  private final OpenFileCount descriptors;
  private @Nullable Content content;

  /**
   * @param key what the file is known by under any name
   */
  OpenFile(Object key, OpenFileCount descriptors) {
    this.key = key;
    this.descriptors = descriptors;
  }

  /**
   * The open file, opened by {@code opener} if it is not.
   *
   * @throws NoSuchFileException if another file has taken its name
   */
  Content open(Path path, Content.Opener opener) throws IOException {
    Content open = content;
    if (open == null) {
      open = opener.open(path);
      if (!key.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey())) {
        open.close();
        throw new NoSuchFileException(path.toString());
      }
      content = open;
      descriptors.opened();
    }
    return open;
  }

  /** Whether {@code path} leads to this file; not if nobody can tell. */
  boolean isAt(Path path) {
    try {
      return key.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return false;
    }
  }

  boolean isOpen() {
    return content != null;
  }

  /** Gives the descriptor back; {@link #open} takes another. */
  void close() throws IOException {
    Content open = content;
    content = null;
    if (open != null) {
      descriptors.closed();
      open.close();
    }
  }
}
