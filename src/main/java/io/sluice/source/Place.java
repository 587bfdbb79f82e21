package io.sluice.source;

import io.sluice.delivery.Anchor;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import java.io.IOException;
import java.util.Optional;

/** An offset in a file, and the anchor by which it is known again. Immutable. */
record Place(long offset, long anchor) {
  static final Place START = new Place(0, Anchor.NONE);

  static Place of(Position position) {
    return new Place(position.offset(), position.anchor());
  }

  Position in(FileIdentity file, String source) {
    return new Position(source, file, offset, anchor);
  }

  /** The place at {@code offset}, which must not be past the end of the content. */
  static Place in(Content content, long offset) throws IOException {
    return find(content, offset)
        .orElseThrow(() -> new IOException("the file became shorter than " + offset + " bytes"));
  }

  private static Optional<Place> find(Content content, long offset) throws IOException {
    int length = (int) Math.min(offset, Anchor.LENGTH);
    byte[] before = new byte[length];
    int count = content.read(before, 0, length, offset - length);
    return count < length
        ? Optional.empty()
        : Optional.of(new Place(offset, Anchor.at(before, length, length)));
  }

  /** Whether the bytes before the offset are in {@code content} what they were. */
  boolean isIn(Content content) throws IOException {
    return content.size() >= offset && find(content, offset).filter(this::equals).isPresent();
  }
}
