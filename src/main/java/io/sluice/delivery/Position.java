package io.sluice.delivery;

/**
 * The place in a file up to which everything is delivered.
 *
 * @param source name of the source that reads the file
 * @param offset just past the last line delivered, in bytes
 * @param anchor the {@link Anchor} of that offset
 */
public record Position(String source, FileIdentity file, long offset, long anchor) {
  private static final long FORGOTTEN = -1;

  /** What tells the positions of one source's files apart; unchanged while the file is written. */
  public String key() {
    return source + "/" + file.device() + ":" + file.inode();
  }

  /** The file is long gone: in Kafka this stands for a tombstone, so that its key goes. */
  public Position forgotten() {
    return new Position(source, file, FORGOTTEN, 0);
  }

  public boolean isForgotten() {
    return offset == FORGOTTEN;
  }

  /** The same file, at the place of {@code other}: up to there both hold the same bytes. */
  Position at(Position other) {
    return new Position(source, file, other.offset, other.anchor);
  }
}
