package io.sluice.source.positions;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has it may write the positions. It is the system's lock on a file beside the position file,
 * which is replaced with each write; it ends with the process, however that ends.
 */
final class PositionLock implements Closeable {
  /**
   * Those of this process. The system's locks belong to a process as a whole, and closing any
   * descriptor of the file ends them; so what is locked here must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private PositionLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * The lock, or empty if another source or process has it.
   *
   * @throws IOException if the file system has no locks, or the file cannot be made
   */
  static Optional<PositionLock> take(Path positionFile) throws IOException {
    Path given = Path.of(positionFile + ".lock").toAbsolutePath();
    Path folder = given.resolveSibling("");
    Files.createDirectories(folder);
    Path path = folder.toRealPath().resolve(given.getFileName());
    if (!HELD.add(path)) {
      return Optional.empty();
    }
    Optional<PositionLock> lock = Optional.empty();
    try {
      lock = lock(path);
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(path);
      }
    }
    return lock;
  }

  private static Optional<PositionLock> lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PositionFile.MODE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? Optional.empty() : Optional.of(new PositionLock(path, channel));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(path);
    }
  }
}
