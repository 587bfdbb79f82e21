package io.sluice.source.lines;

import io.sluice.delivery.Anchor;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lines as they are: the bytes between line feeds, without a carriage return before the line feed.
 * The usual line costs one search, one copy, one anchor and two objects.
 */
public final class PlainLines implements LineCutter {
  private final LineEmitter emitter;
  private final int maxLineBytes;

  public PlainLines(LineEmitter emitter, int maxLineBytes) {
    this.emitter = emitter;
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public int lineEnd(ReadBuffer buffer, Content content) {
    int newline = Newlines.find(buffer.bytes(), Math.max(0, buffer.from() - 1), buffer.limit());
    return newline < 0 ? -1 : newline + 1;
  }

  @Override
  public void cut(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    byte[] bytes = buffer.bytes();
    int limit = buffer.limit();
    long base = buffer.offset(0);
    long start = buffer.index(file.read().offset());
    long first = start;
    int from = buffer.from();
    long anchor = Anchor.NONE;
    while (!out.isFull()) {
      int newline = Newlines.find(bytes, from, limit);
      int stop = newline < 0 ? limit : newline;
      // A carriage return at the end of what is there may belong to a line feed to come.
      boolean crlf = stop > 0 && stop > start && bytes[stop - 1] == '\r';
      long end = crlf ? stop - 1 : stop;
      long split = emitter.splitAt(start, end);
      if (newline < 0 && split < 0) {
        break;
      }
      int next;
      if (start != first && (split >= 0 || end - start > maxLineBytes)) {
        // What follows may fail, and the lines before are in the batch.
        file.readTo(buffer.place((int) start));
        buffer.advanceTo(from);
        first = start;
      }
      if (split >= 0) {
        next = (int) split;
        emitter.tooLong(file, base + start, end - start);
        emitter.add(buffer, file, content, out, start, split, next);
      } else {
        next = newline + 1;
        if (start >= 0 && end - start <= maxLineBytes) {
          anchor = Anchor.at(bytes, next, next);
          byte[] body = Arrays.copyOfRange(bytes, (int) start, (int) end);
          out.add(file, base + start, base + next, anchor, body);
        } else {
          emitter.add(buffer, file, content, out, start, end, next);
        }
      }
      start = next;
      from = next;
      if (buffer.mayBeHole(next)) {
        break;
      }
    }
    if (start != first) {
      file.readTo(buffer.place((int) start));
      buffer.advanceTo(from);
    }
  }

  @Override
  public void flush(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    long start = buffer.index(file.read().offset());
    if (start < buffer.limit()) {
      emitter.add(buffer, file, content, out, start, buffer.limit(), buffer.limit());
      file.readTo(buffer.place(buffer.limit()));
    }
  }
}
