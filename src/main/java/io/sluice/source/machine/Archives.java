package io.sluice.source.machine;

import io.sluice.logging.Shown;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files: compressed ones from the inside, all others as they are. What was learned of an
 * archive is kept for as long as its inode, size and time stamp stay as they are; one that is still
 * being written is not unpacked more often than every tenth of the time is spent on it.
 *
 * <p>Used by one thread.
 */
public final class Archives implements Content.Opener {
  private static final Logger LOG = LoggerFactory.getLogger(Archives.class);

  /** What names of compressed files end with. */
  public static final List<String> SUFFIXES = List.of(".gz", ".bz2", ".xz", ".zst");

  private static final int MOST_KNOWN = 1_000;
  private static final int HEAD_BYTES = 1024;
  private static final int SHARE = 10;
  private static final long CHEAP_NANOS = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Time time;
  private final OpenOption[] how;
  private final Map<Object, ArchiveFacts> known = new LinkedHashMap<>();
  private final Set<Object> warned = new HashSet<>();

  public Archives(Time time, OpenOption... how) {
    this.time = time;
    this.how = how;
  }

  /**
   * Opens {@code path}.
   *
   * @throws UnsupportedArchiveException if it is compressed and cannot be read
   * @throws UnfinishedArchiveException if there is too little of an archive yet to know it by
   */
  @Override
  public Content open(Path path) throws IOException {
    Content.Plain plain = Content.plain(path, how);
    boolean kept = false;
    try {
      Optional<ArchiveFormat> format = ArchiveFormat.of(plain);
      if (format.isEmpty()) {
        kept = true;
        return plain;
      }
      Content archive = open(path, plain.channel(), format.get());
      kept = true;
      return archive;
    } finally {
      if (!kept) {
        plain.close();
      }
    }
  }

  /** Whether a file's name says that it is compressed; it may be so in any case. */
  public static boolean isNamedLikeOne(Path path) {
    String name = path.toString();
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private Content open(Path path, FileChannel channel, ArchiveFormat format) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey() == null ? path : attributes.fileKey();
    long modified = attributes.lastModifiedTime().toMillis();
    ArchiveFacts facts = known.get(key);
    if (facts == null || facts.packedBytes != channel.size() || facts.modifiedMillis != modified) {
      if (facts != null) {
        requirePause(facts);
      }
      facts = keep(key, new ArchiveFacts(channel.size(), modified));
    }
    var content = new ArchiveContent(path, channel, format, this, key, facts);
    try {
      if (content.read(new byte[HEAD_BYTES], 0, HEAD_BYTES, 0) < HEAD_BYTES) {
        content.requireWhole();
      }
    } catch (UnsupportedArchiveException e) {
      if (warned.add(key)) {
        LOG.warn(
            "{} is passed over: {}. Exclude it, or unpack it.", Shown.of(path), e.getMessage());
      }
      throw e;
    }
    return content;
  }

  private ArchiveFacts keep(Object key, ArchiveFacts facts) {
    known.put(key, facts);
    if (known.size() > MOST_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
    return facts;
  }

  /** What is known of the same archive, which has grown while it was open. */
  ArchiveFacts newer(Object key, long packedBytes, ArchiveFacts older) throws IOException {
    requirePause(older);
    return keep(key, new ArchiveFacts(packedBytes, time.epochMillis()));
  }

  private void requirePause(ArchiveFacts older) throws UnfinishedArchiveException {
    long pause = Math.min(LONGEST_PAUSE_NANOS, older.spentNanos * SHARE);
    boolean cheap = older.spentNanos < CHEAP_NANOS;
    if (!cheap && older.end >= 0 && nanos() - older.endedNanos < pause) {
      throw new UnfinishedArchiveException("the archive is growing; it is looked at again later");
    }
  }

  /** The archive cannot be unpacked further, and is not being written either. */
  void damaged(Object key, Path path, long offset, IOException cause) {
    if (warned.add(key)) {
      LOG.warn(
          "{} is damaged: what it holds is read up to byte {}, and no further ({}).",
          Shown.of(path),
          offset,
          cause.toString());
    }
  }

  long nanos() {
    return time.nanos();
  }
}
