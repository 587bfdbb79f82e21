package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.logging.Shown;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file that is being read, under whatever name. A file that was truncated becomes a new one,
 * with a ledger of its own.
 *
 * <p>Used by the source's thread alone, but for the headers, the path and the ledger.
 */
final class TailedFile {
  private final FileGroup group;
  private final Object key;
  private final Ledger ledger;
  private final HeaderConfig headers;
  private final Handle handle;
  private final Sightings sightings = new Sightings();
  private volatile FileIdentity identity;

  /** Just past the last line that became an event. */
  private volatile Place read;

  /** Up to where a line's end was looked for in vain; at or after {@link #read}. */
  private Place scanned;

  private boolean skipping;
  private boolean flush;
  private Opening opening = Opening.NONE;
  private Place line = Place.START;
  private int lines;

  /**
   * @param before the account of what stands before {@code start}
   */
  TailedFile(
      FileGroup group,
      Object key,
      Position start,
      @Nullable Ledger before,
      HeaderConfig headers,
      Descriptors descriptors) {
    this.handle = new Handle(key, descriptors);
    this.group = group;
    this.key = key;
    this.identity = start.file();
    this.headers = headers;
    this.ledger = new Ledger(start, before);
    this.read = Place.of(start);
    this.scanned = read;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Whether every line that was read is delivered. Safe to call from any thread. */
  boolean isSettled() {
    return !ledger.isOutstanding() && ledger.position().offset() >= read.offset();
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

  boolean isOf(FileIdentity other) {
    return identity.inode() == other.inode() && identity.device() == other.device();
  }

  Path path() {
    return Path.of(identity.path());
  }

  void renamed(Path path) {
    identify(path.toString(), new Head(identity.headLength(), identity.headHash()));
  }

  /** More of the head is known. */
  void headGrew(Head head, Opening newOpening) {
    opening = newOpening;
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
    lines = 0;
  }

  /** Begins with the next line, unless reading begins at the start of one. */
  void skipLine() {
    skipping = true;
  }

  boolean isSkipping() {
    return skipping;
  }

  /**
   * Everything before {@code place} is left out, as if it had been delivered.
   *
   * @param ended whether a line starts there
   */
  void skipTo(Place place, boolean ended) {
    if (place.offset() > read.offset()) {
      ledger.delivered(read.offset(), place.offset(), place.anchor());
    }
    readTo(place);
    skipping = !ended;
  }

  /** No line ends between {@link #read()} and {@code place}. */
  void scannedTo(Place place) {
    scanned = place;
  }

  /**
   * The open file, opened by {@code opener} if it is not.
   *
   * @throws NoSuchFileException if another file has taken its name
   */
  Content open(Content.Opener opener) throws IOException {
    return handle.open(path(), opener);
  }

  boolean isOpen() {
    return handle.isOpen();
  }

  /** Closes the descriptor; reading opens it again. */
  void close() throws IOException {
    handle.close();
  }

  /** What looking at the file has shown. */
  Sightings sightings() {
    return sightings;
  }

  Opening opening() {
    return opening;
  }

  void opensWith(Opening newOpening) {
    opening = newOpening;
    sightings.read();
  }

  /** Asks for what stands at the end without an end of its own, unless it grows before. */
  void flush() {
    flush = true;
  }

  void cancelFlush() {
    flush = false;
  }

  boolean isFlushing() {
    return flush;
  }

  boolean takeFlush() {
    boolean asked = flush;
    flush = false;
    return asked;
  }

  /** How long the end of what stands at the end is waited for; zero is for ever. */
  Duration patience(LineRules rules) {
    return lines > 0
        ? rules.multiline().map(LineRules.Multiline::timeout).orElse(Duration.ZERO)
        : rules.partialTimeout();
  }

  /** Where the line starts that is being looked at, if it is not the first of its event. */
  Place line() {
    return lines == 0 ? read : line;
  }

  /** How many whole lines the event has so far whose end was not found yet. */
  int lines() {
    return lines;
  }

  /** One more line belongs to the event; the next starts at {@code next}. */
  void lineTo(Place next) {
    lines++;
    line = next;
  }

  /** Whether there is something at the end whose own end was not found. */
  boolean hasPartial() {
    return read.offset() < scanned.offset();
  }

  /** How long the file is known to have been before it became shorter. */
  long largestSize() {
    return Math.max(sightings.largest(), scanned.offset());
  }

  /** Bytes that are there and not read. */
  long lag() {
    return Math.max(0, sightings.size() - read.offset());
  }

  /** Whether the source is configured to give any headers. */
  boolean hasHeaders() {
    return headers.any();
  }

  /** Adds the headers that the source is configured to give. Safe to call from any thread. */
  void addHeaders(Map<String, String> target, long offset) {
    headers.addTo(target, group, identity, offset);
  }

  /** For the log. */
  @Override
  public String toString() {
    return Shown.of(identity.path());
  }
}
