package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.event.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file that is being read, under whatever name. A file that was truncated becomes a new one,
 * with a ledger of its own.
 *
 * <p>Used by the source's thread alone, but for the headers, the path and the ledger.
 */
final class TailedFile implements Origin {
  private final FileGroup group;
  private final Object key;
  private final Ledger ledger;
  private final HeaderConfig headers;
  private volatile FileIdentity identity;

  /** Just past the last line that became an event. */
  private Place read;

  /** Up to where a line's end was looked for in vain; at or after {@link #read}. */
  private Place scanned;

  private @Nullable Content content;
  private long size;
  private long modifiedMillis;
  private long activeNanos;

  TailedFile(FileGroup group, Object key, Position start, HeaderConfig headers) {
    this.group = group;
    this.key = key;
    this.identity = start.file();
    this.headers = headers;
    this.ledger = new Ledger(start);
    this.read = new Place(start.offset(), start.anchor());
    this.scanned = read;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  FileGroup group() {
    return group;
  }

  /** The same for all names of a file as long as it exists. */
  Object key() {
    return key;
  }

  FileIdentity identity() {
    return identity;
  }

  Path path() {
    return Path.of(identity.path());
  }

  void renamed(Path path) {
    identify(path.toString(), new Head(identity.headLength(), identity.headHash()));
  }

  /** More of the head is known. */
  void headGrew(Head head) {
    identify(identity.path(), head);
  }

  private void identify(String path, Head head) {
    identity =
        new FileIdentity(path, identity.device(), identity.inode(), head.length(), head.hash());
    ledger.identify(identity);
  }

  Place read() {
    return read;
  }

  Place scanned() {
    return scanned;
  }

  /** Everything before {@code place} became events. */
  void readTo(Place place) {
    read = place;
    scanned = place;
  }

  /** No line ends between {@link #read()} and {@code place}. */
  void scannedTo(Place place) {
    scanned = place;
  }

  /** The open file, opened by {@code opener} if it is not. */
  Content open(Content.Opener opener) throws IOException {
    Content open = content;
    if (open == null) {
      open = opener.open(path());
      content = open;
    }
    return open;
  }

  boolean isOpen() {
    return content != null;
  }

  /** Closes the descriptor; reading opens it again. */
  void close() throws IOException {
    Content open = content;
    content = null;
    if (open != null) {
      open.close();
    }
  }

  /** Notes what a look at the file showed; returns whether that differs from the look before. */
  boolean seen(long newSize, long newModifiedMillis, long nowNanos) {
    boolean changed = newSize != size || newModifiedMillis != modifiedMillis;
    size = newSize;
    modifiedMillis = newModifiedMillis;
    if (changed) {
      activeNanos = nowNanos;
    }
    return changed;
  }

  /** The size when somebody last looked. */
  long size() {
    return size;
  }

  long modifiedMillis() {
    return modifiedMillis;
  }

  /** When the file was last seen to change. */
  long activeNanos() {
    return activeNanos;
  }

  void active(long nowNanos) {
    activeNanos = nowNanos;
  }

  /** Bytes that are there and not read. */
  long lag() {
    return Math.max(0, size - read.offset());
  }

  @Override
  public void addHeaders(Map<String, String> target, long offset) {
    if (headers.byteOffset()) {
      target.put(HeaderConfig.BYTE_OFFSET_KEY, Long.toString(offset));
    }
    target.putAll(headers.byGroup().getOrDefault(group.name(), Map.of()));
    headers.host().ifPresent(host -> target.put(HeaderConfig.HOST_KEY, host));
    if (headers.inode()) {
      target.put(HeaderConfig.INODE_KEY, Long.toString(identity.inode()));
    }
    headers.fileHeader().ifPresent(name -> target.put(name, identity.path()));
  }

  @Override
  public String toString() {
    return identity.path();
  }
}
