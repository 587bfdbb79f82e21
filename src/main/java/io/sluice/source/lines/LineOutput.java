package io.sluice.source.lines;

import io.sluice.source.files.TailedFile;
import io.sluice.validate.Verdict;

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

  /** Adds a line whose verdict is known without looking at it. */
  void add(TailedFile file, long start, long end, long anchor, byte[] body, Verdict verdict);
}
