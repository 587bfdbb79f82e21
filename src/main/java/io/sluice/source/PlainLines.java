package io.sluice.source;

import io.sluice.delivery.Anchor;
import io.sluice.event.LogEvent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lines as they are: the bytes between line feeds, without a carriage return before the line feed.
 * The usual line costs one search, one copy, one anchor and two objects.
 */
final class PlainLines implements LineCutter {
  private final Bodies bodies;
  private final int maxLineBytes;

  PlainLines(Bodies bodies, int maxLineBytes) {
    this.bodies = bodies;
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public int lineEnd(Block block, Content content) {
    int newline = Newlines.find(block.bytes(), Math.max(0, block.from() - 1), block.limit());
    return newline < 0 ? -1 : newline + 1;
  }

  @Override
  public void cut(Block block, TailedFile file, Content content, Batch batch) throws IOException {
    byte[] buffer = block.bytes();
    int limit = block.limit();
    long base = block.offset(0);
    long start = block.index(file.read().offset());
    long first = start;
    int from = block.from();
    long anchor = Anchor.NONE;
    Reading reading = batch.reading(file);
    while (!batch.isFull()) {
      int newline = Newlines.find(buffer, from, limit);
      long end = newline < 0 ? limit : newline;
      long split = bodies.splitAt(start, end);
      if (newline < 0 && split < 0) {
        break;
      }
      int next;
      if (start != first && (split >= 0 || end - start > maxLineBytes)) {
        // What follows may fail, and the lines before are in the batch.
        file.readTo(block.place((int) start));
        block.advanceTo(from);
        first = start;
      }
      if (split >= 0) {
        next = (int) split;
        bodies.tooLong(file, base + start, end - start);
        bodies.add(block, file, content, batch, start, split, next);
      } else {
        next = newline + 1;
        boolean crlf = newline > 0 && newline > start && buffer[newline - 1] == '\r';
        end = crlf ? newline - 1 : newline;
        if (start >= 0 && end - start <= maxLineBytes) {
          anchor = Anchor.at(buffer, next, next);
          byte[] body = Arrays.copyOfRange(buffer, (int) start, (int) end);
          batch.add(new LogEvent(reading, base + start, base + next, anchor, body));
        } else {
          bodies.add(block, file, content, batch, start, end, next);
        }
      }
      start = next;
      from = next;
    }
    if (start != first) {
      file.readTo(block.place((int) start));
      block.advanceTo(from);
    }
  }

  @Override
  public void flush(Block block, TailedFile file, Content content, Batch batch) throws IOException {
    long start = block.index(file.read().offset());
    if (start < block.limit()) {
      bodies.add(block, file, content, batch, start, block.limit(), block.limit());
      file.readTo(block.place(block.limit()));
    }
  }
}
