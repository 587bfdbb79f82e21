package io.sluice.source;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.delivery.Anchor;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings.Compressed;
import io.sluice.source.files.FileKey;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.files.OpenFiles;
import io.sluice.source.files.TailedFile;
import io.sluice.source.lines.LineCutter;
import io.sluice.source.lines.LineOutput;
import io.sluice.source.lines.LineReader;
import io.sluice.source.lines.LineReader.Turn;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.StreamContent;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.LineCounts;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Verdict;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts files and streams into lines exactly as a {@link LogFileSource} of the same configuration
 * would, for those who only look: without Flume, without positions, and without waiting for more.
 *
 * <p>Used by one thread.
 */
public final class SourceLines {
  /** Bytes that a reader looks back by beyond the start of a line, and a terminator's. */
  private static final int SLACK = Anchor.LENGTH + 16;

  private static final Path STANDARD_INPUT = Path.of("/dev/null");

  private final SourceConfig config;

  /** Takes the lines. */
  public interface Receiver {
    /**
     * @param offset of the line's first byte
     * @param known a verdict that the source itself gives, such as for a line that is too long
     */
    void line(long offset, byte[] line, @Nullable Verdict known, HeaderLookup headers);

    /**
     * Some bytes were read.
     *
     * @param bytes of the file so far; of a compressed one as they are on the disk
     * @return false to stop
     */
    boolean read(long bytes);
  }

  private SourceLines(SourceConfig config) {
    this.config = config;
  }

  /** By the source's own keys; everything that is wrong is added to {@code problems}. */
  public static Optional<SourceLines> of(Map<String, String> given, Problems problems) {
    try {
      return Optional.of(new SourceLines(SourceConfig.parse("judge", given, problems)));
    } catch (ConfigurationException e) { // whose problems are all noted
      return Optional.empty();
    }
  }

  /**
   * Reads a file; one called {@code *.gz} is read as what is in it, as far as it goes.
   *
   * @throws java.io.EOFException if it is compressed and ends in the middle
   */
  public void read(Path file, Receiver receiver) throws IOException {
    Path path = file.toAbsolutePath();
    boolean unzip =
        config.compressed() != Compressed.AS_IS && path.toString().endsWith(".gz") && isGzip(path);
    if (unzip) {
      try (var raw = new CountingStream(Files.newInputStream(path))) {
        stream(path, new GZIPInputStream(raw, 64 * 1024), receiver, raw);
      }
      return;
    }
    TailedFile tailed = tailed(path);
    LineReader reader = reader(Content::plain);
    var output = new Output(receiver);
    try {
      boolean wanted = true;
      Turn turn;
      do {
        turn = take(reader, tailed, output);
        wanted = receiver.read(tailed.read().offset());
      } while (wanted && turn != Turn.DRAINED);
      if (wanted) {
        flush(reader, tailed, output);
      }
    } finally {
      tailed.close();
    }
  }

  /** Reads a stream to its end, and hands on each line as soon as it is whole. */
  public void read(InputStream in, Receiver receiver) throws IOException {
    var counted = new CountingStream(in);
    stream(STANDARD_INPUT, counted, receiver, counted);
  }

  private void stream(Path path, InputStream in, Receiver receiver, CountingStream counted)
      throws IOException {
    var content = new StreamContent(in, config.lines().maxLineBytes() + SLACK);
    TailedFile tailed = tailed(path);
    LineReader reader = reader(opened -> content);
    var output = new Output(receiver);
    IOException broken = null;
    boolean more = true;
    while (more) {
      try {
        more =
            content.fill(
                tailed.read().offset() - Anchor.LENGTH, tailed.scanned().offset() - Anchor.LENGTH);
      } catch (IOException e) { // What came before it is judged.
        broken = e;
        more = false;
      }
      Turn turn;
      do {
        turn = take(reader, tailed, output);
      } while (turn == Turn.MORE);
      if (!receiver.read(counted.count)) {
        return;
      }
    }
    if (broken != null) { // and what it broke off is no line
      throw broken;
    }
    flush(reader, tailed, output);
  }

  private static Turn take(LineReader reader, TailedFile file, Output output) throws IOException {
    Turn turn = reader.read(file, output);
    if (turn == Turn.TRUNCATED) {
      throw new IOException("the file was changed while it was read");
    }
    return turn;
  }

  /** What is at the end without an end of its own, which a source ships after a while. */
  private static void flush(LineReader reader, TailedFile file, Output output) throws IOException {
    AnchoredOffset before;
    do {
      before = file.read();
      file.flush();
      take(reader, file, output);
    } while (file.read().offset() > before.offset());
  }

  private LineReader reader(Content.Opener opener) {
    LineCounts unheard =
        new LineCounts() {
          @Override
          public void longLine() {}

          @Override
          public void decodeError() {}

          @Override
          public void hole(long bytes) {}
        };
    return new LineReader(
        opener,
        LineCutter.of(config.lines(), unheard, Time.SYSTEM),
        config.lines().unit(),
        unheard);
  }

  private TailedFile tailed(Path path) throws IOException {
    FileKey key =
        FileKey.of(Files.readAttributes(path, BasicFileAttributes.class))
            .orElseThrow(() -> new IOException(path + " is on a file system without inodes"));
    Fingerprint none = Fingerprint.NONE;
    var identity = new FileIdentity(path.toString(), 0, 0, none.length(), none.hash());
    return new TailedFile(
        new Found(path, path, group(path), key, 0, 0),
        new Position("judge", identity, 0, 0),
        null,
        config.headers(),
        new OpenFiles());
  }

  /** The file group that the source would find the file in, for its headers. */
  private FileGroup group(Path path) {
    return config.groups().stream()
        .filter(group -> group.fits(path))
        .findFirst()
        .orElse(config.groups().get(0));
  }

  private static boolean isGzip(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.read() == 0x1F && in.read() == 0x8B;
    }
  }

  /** Hands lines on. */
  private record Output(Receiver receiver) implements LineOutput {
    @Override
    public boolean isFull() {
      return false;
    }

    @Override
    public void add(TailedFile file, long start, long end, long anchor, byte[] body) {
      receiver.line(start, body, null, new Headers(file, start));
    }

    @Override
    public void add(
        TailedFile file, long start, long end, long anchor, byte[] body, Verdict verdict) {
      receiver.line(start, body, verdict, new Headers(file, start));
    }
  }

  /** Made only if a rule asks for one. */
  private static final class Headers implements HeaderLookup {
    private final TailedFile file;
    private final long offset;
    private @Nullable Map<String, String> headers;

    Headers(TailedFile file, long offset) {
      this.file = file;
      this.offset = offset;
    }

    @Override
    public @Nullable String get(String name) {
      if (headers == null) {
        headers = new HashMap<>();
        file.addHeaders(headers, file.identity(), offset);
      }
      return headers.get(name);
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int at, int length) throws IOException {
      int read = super.read(buffer, at, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
