package io.sluice.source;

import java.io.IOException;

/** Makes events of the lines that end in a block. Used by one thread. */
interface LineCutter {
  /** Index just past the first end of a line at or after the block's place; -1 if there is none. */
  int lineEnd(Block block, Content content) throws IOException;

  /**
   * Adds lines until the batch is full or no line ends in the rest of the block, and notes in the
   * file up to where they are read.
   */
  void cut(Block block, TailedFile file, Content content, Batch batch) throws IOException;

  /** Adds what stands at the end of the file without an end of its own. */
  void flush(Block block, TailedFile file, Content content, Batch batch) throws IOException;
}
