package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A file of a random life: where it is, what is in it, and what the agent can know of it. */
final class ModelFile {
  private static final int EXTENT_BYTES = 700;

  final ModelLog log;
  final List<String> lines = new ArrayList<>();

  /** Lines of the same file before a truncation that the agent may not have noticed. */
  final List<String> truncatedUnseen = new ArrayList<>();

  Path path;

  /** Whether {@code paths} cover the name. */
  boolean inSight = true;

  boolean archive;

  /** The archive being made of it. */
  Path unfinished;

  /** How many of the lines were there when the agent last looked. */
  int seenLines;

  /** When the agent first saw it. */
  long seenNanos;

  long renamedNanos;

  /** Where the program writes next. */
  long end;

  private final LongSupplier clock;

  ModelFile(ModelLog log, Path path, LongSupplier clock) {
    this.log = log;
    this.path = path;
    this.clock = clock;
  }

  void seen(long nowNanos) {
    if (!isSeen()) {
      seenNanos = nowNanos;
    }
    seenLines = lines.size();
  }

  boolean isSeen() {
    return seenLines > 0;
  }

  ModelFile add(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    try {
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(bytes), end);
        end += bytes.length;
        if (log.preallocates && channel.size() <= end) {
          long extended = (end / EXTENT_BYTES + 1) * EXTENT_BYTES;
          channel.write(ByteBuffer.wrap(new byte[1]), extended - 1);
        }
      }
      stamp(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ModelFile addLines(List<String> more) {
    lines.addAll(more);
    return add(String.join(log.terminator, more) + log.terminator);
  }

  void stamp(long ageMillis) throws IOException {
    Files.setLastModifiedTime(path, FileTime.fromMillis(clock.getAsLong() - ageMillis));
  }

  /** Cuts the file to nothing; what is written from now on is another file to the model. */
  ModelFile truncate() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    stamp(0);
    var now = new ModelFile(log, path, clock);
    now.end = log.seeks ? end : 0;
    now.truncatedUnseen.addAll(truncatedUnseen);
    return now;
  }

  /** Another file with this one's content. */
  ModelFile copyTo(Path copy) throws IOException {
    var file = new ModelFile(log, copy, clock);
    file.lines.addAll(lines);
    file.end = end;
    Files.write(copy, Files.readAllBytes(path));
    file.stamp(0);
    return file;
  }

  @Override
  public String toString() {
    return String.valueOf(path.getFileName());
  }
}
