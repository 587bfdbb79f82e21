package io.sluice.source.positions;

import io.sluice.delivery.Anchor;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import java.io.IOException;
import java.util.Optional;

/** An offset in a file, and the anchor by which it is known again. Immutable. */
public record AnchoredOffset(long offset, long anchor) {
  public static final AnchoredOffset START = new AnchoredOffset(0, Anchor.NONE);

  public static AnchoredOffset of(Position position) {
    return new AnchoredOffset(position.offset(), position.anchor());
  }

  public Position in(FileIdentity file, String source) {
    return new Position(source, file, offset, anchor);
  }

  /** The place at {@code offset}, which must not be past the end of the content. */
  public static AnchoredOffset in(Content content, long offset) throws IOException {
    return find(content, offset)
        .orElseThrow(() -> new IOException("the file became shorter than " + offset + " bytes"));
  }

  private static Optional<AnchoredOffset> find(Content content, long offset) throws IOException {
    int length = (int) Math.min(offset, Anchor.LENGTH);
    byte[] before = new byte[length];
    int count = content.read(before, 0, length, offset - length);
    if (count < length) {
      content.requireWhole();
      return Optional.empty();
    }
    return Optional.of(new AnchoredOffset(offset, Anchor.at(before, length, length)));
  }

  /** Whether the bytes before the offset are in {@code content} what they were. */
  public boolean isIn(Content content) throws IOException {
    return find(content, offset).filter(this::equals).isPresent();
  }
}
