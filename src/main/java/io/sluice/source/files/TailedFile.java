package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.logging.Shown;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.HeaderConfig;
import io.sluice.source.config.LineRules;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.PathText;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
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
public final class TailedFile {
  private final FileGroup group;
  private final FileKey key;
  private final Ledger ledger;
  private final HeaderConfig headers;
  private final OpenFile handle;
  private final LastStat lastStat = new LastStat();
  private volatile FileIdentity identity;
  private Path path;
  private Path real;

  /** Just past the last line that became an event. */
  private volatile AnchoredOffset read;

  /** Up to where a line's end was looked for in vain; at or after {@link #read}. */
  private AnchoredOffset scanned;

  private boolean skipping;
  private boolean flush;
  private boolean padded;
  private boolean archive;
  private FirstBytes opening = FirstBytes.NONE;
  private AnchoredOffset line = AnchoredOffset.START;
  private int lines;

  /**
   * @param before the account of what stands before {@code start}
   */
  public TailedFile(
      Found found,
      Position start,
      @Nullable Ledger before,
      HeaderConfig headers,
      OpenFiles openFiles) {
    this.handle = new OpenFile(found.key(), openFiles);
    this.group = found.group();
    this.key = found.key();
    this.path = found.path();
    this.real = found.real();
    this.identity = start.file();
    this.headers = headers;
    this.ledger = new Ledger(start, before);
    this.read = AnchoredOffset.of(start);
    this.scanned = read;
  }

  public Ledger ledger() {
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
  FileKey key() {
    return key;
  }

  public FileIdentity identity() {
    return identity;
  }

  Path path() {
    return path;
  }

  /** Where the file is, if {@link #path} leads there through links. */
  Path real() {
    return real;
  }

  /** The file has another name by now. */
  void renamed(Path newPath, Path newReal) {
    path = newPath;
    real = newReal;
    identify(new Fingerprint(identity.headLength(), identity.headHash()));
  }

  /** More of the head is known. */
  public void fingerprintGrew(Fingerprint head, FirstBytes newOpening) {
    opening = newOpening;
    identify(head);
  }

  private void identify(Fingerprint head) {
    identity =
        new FileIdentity(
            PathText.of(path),
            identity.device(),
            identity.inode(),
            head.length(),
            head.hash(),
            PathText.of(real));
    ledger.identify(identity);
  }

  public AnchoredOffset read() {
    return read;
  }

  public AnchoredOffset scanned() {
    return scanned;
  }

  /** Everything before {@code place} became events. */
  public void readTo(AnchoredOffset place) {
    read = place;
    scanned = place;
    lines = 0;
  }

  /** Begins with the next line, unless reading begins at the start of one. */
  void skipLine() {
    skipping = true;
  }

  public boolean isSkipping() {
    return skipping;
  }

  /**
   * Everything before {@code place} is left out, as if it had been delivered.
   *
   * @param ended whether a line starts there
   */
  public void skipTo(AnchoredOffset place, boolean ended) {
    if (place.offset() > read.offset()) {
      ledger.delivered(read.offset(), place.offset(), place.anchor());
    }
    readTo(place);
    skipping = !ended;
  }

  /** No line ends between {@link #read()} and {@code place}. */
  public void scannedTo(AnchoredOffset place) {
    scanned = place;
  }

  /**
   * The open file, opened by {@code opener} if it is not.
   *
   * @throws NoSuchFileException if another file has taken its name
   */
  public Content open(Content.Opener opener) throws IOException {
    return handle.open(real, path, opener);
  }

  /** Whether its name still leads to it. */
  boolean isThere() {
    return handle.isAt(real) || handle.isAt(path);
  }

  boolean isOpen() {
    return handle.isOpen();
  }

  /** Whether there may be something to read, as far as can be told while it is closed. */
  boolean isUnread() {
    boolean longer = !archive && !padded && lastStat.size() > scanned.offset();
    return lastStat.isUnread() || longer || !handle.wasOpen();
  }

  /** Closes the descriptor; reading opens it again. */
  public void close() throws IOException {
    handle.close();
  }

  /** What looking at the file has shown. */
  public LastStat lastStat() {
    return lastStat;
  }

  /** Whether this is what is inside a compressed file. */
  boolean isArchive() {
    return archive;
  }

  FirstBytes firstBytes() {
    return opening;
  }

  void opensWith(FirstBytes newOpening, boolean insideAnArchive) {
    archive = insideAnArchive;
    opening = newOpening;
    lastStat.read();
  }

  /** Asks for what stands at the end without an end of its own, unless it grows before. */
  public void flush() {
    flush = true;
  }

  public void cancelFlush() {
    flush = false;
  }

  boolean isFlushing() {
    return flush;
  }

  public boolean takeFlush() {
    boolean asked = flush;
    flush = false;
    return asked;
  }

  /**
   * How long the end of what stands at the end is waited for; zero is forever. A line without its
   * line feed belongs to its event, so the event waits for it.
   */
  Duration patience(LineRules rules) {
    boolean whole = lines > 0 && scanned.offset() == line.offset();
    return whole
        ? rules.multiline().map(LineRules.Multiline::timeout).orElse(rules.partialTimeout())
        : rules.partialTimeout();
  }

  /** Where the line starts that is being looked at, if it is not the first of its event. */
  public AnchoredOffset line() {
    return lines == 0 ? read : line;
  }

  /** How many whole lines the event has so far whose end was not found yet. */
  public int lines() {
    return lines;
  }

  /** One more line belongs to the event; the next starts at {@code next}. */
  public void lineTo(AnchoredOffset next) {
    lines++;
    line = next;
  }

  /** Whether there is something at the end whose own end was not found. */
  boolean hasPartial() {
    return read.offset() < scanned.offset();
  }

  /** How long the file is known to have been before it became shorter. */
  long largestSize() {
    return Math.max(lastStat.largest(), scanned.offset());
  }

  /**
   * Notes whether the file ends in NULs. They are no data yet, and a program that fills them in
   * through memory changes neither size nor time stamp for a while.
   */
  public void padded(boolean nulsAtEnd) {
    padded = nulsAtEnd;
  }

  boolean isPadded() {
    return padded;
  }

  /** Bytes that are there and not read. */
  public long lag() {
    return padded ? scanned.offset() - read.offset() : Math.max(0, lastStat.size() - read.offset());
  }

  /** Whether the source is configured to give any headers. */
  public boolean hasHeaders() {
    return headers.any();
  }

  /**
   * Adds the headers that the source is configured to give. Safe to call from any thread.
   *
   * @param readAs what the file was called when the line was read
   */
  public void addHeaders(Map<String, String> target, FileIdentity readAs, long offset) {
    headers.addTo(target, group, readAs, offset);
  }

  /** For the log. */
  @Override
  public String toString() {
    return Shown.of(identity.path());
  }
}
