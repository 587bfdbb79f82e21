package io.sluice.source.lines;

import io.sluice.source.files.TailedFile;
import io.sluice.validate.Verdict;
import java.util.Map;
import java.util.Optional;

/** Where lines go that were cut out of a file: a {@link Batch}, or whoever only looks at them. */
public interface LineOutput {
  /** Whether no more lines are wanted for now. */
  boolean isFull();

  /**
   * @param start offset of the line's first byte
   * @param end offset just past its terminator
   * @param anchor the {@link io.sluice.delivery.Anchor} of {@code end}
   * @param body owned by the receiver from now on
   */
  void add(TailedFile file, long start, long end, long anchor, byte[] body);

  /**
   * Adds a line that has headers of its own, for outputs that take headers.
   *
   * @param verdict if it is known without looking at the line
   */
  default void add(
      TailedFile file,
      long start,
      long end,
      long anchor,
      byte[] body,
      Map<String, String> headers,
      Optional<Verdict> verdict) {
    verdict.ifPresentOrElse(
        known -> add(file, start, end, anchor, body, known),
        () -> add(file, start, end, anchor, body));
  }

  /** Adds a line whose verdict is known without looking at it. */
  void add(TailedFile file, long start, long end, long anchor, byte[] body, Verdict verdict);
}
