package io.sluice.source;

import io.sluice.source.LineRules.Multiline;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lines of another character set, and events of several lines. An event of several lines ends where
 * the next one starts, or at a bound; its bytes are taken when that is known.
 */
final class TextLines implements LineCutter {
  private final LineRules rules;
  private final Bodies bodies;
  private final LogFileSourceCounter counter;

  TextLines(LineRules rules, Bodies bodies, LogFileSourceCounter counter) {
    this.rules = rules;
    this.bodies = bodies;
    this.counter = counter;
  }

  @Override
  public int lineEnd(Block block, Content content) throws IOException {
    LineEnds ends = LineEnds.of(charset(content)).orElse(LineEnds.BYTE);
    int from = Math.max(0, block.from() - ends.unit());
    return ends.find(block.bytes(), from, block.limit(), block.offset(0));
  }

  @Override
  public void cut(Block block, TailedFile file, Content content, Batch batch) throws IOException {
    Charset charset = charset(content);
    LineEnds ends = LineEnds.of(charset).orElse(LineEnds.BYTE);
    int from = Math.max(0, block.from() - (ends.unit() - 1));
    while (!batch.isFull()) {
      int next = ends.find(block.bytes(), from, block.limit(), block.offset(0));
      if (next < 0) {
        return;
      }
      from = next;
      if (next > block.index(file.line().offset())) {
        line(block, file, content, batch, ends, next);
        block.advanceTo(next);
      }
    }
  }

  private void line(
      Block block, TailedFile file, Content content, Batch batch, LineEnds ends, int next)
      throws IOException {
    Optional<Multiline> multiline = rules.multiline();
    if (multiline.isEmpty()) {
      add(block, file, content, batch, block.place(next));
      return;
    }
    if (file.lines() > 0 && endsBefore(block, file, content, multiline.get(), ends, next)) {
      add(block, file, content, batch, file.line());
    }
    file.lineTo(block.place(next));
    file.scannedTo(block.place(next));
    if (file.lines() >= multiline.get().maxLines()) {
      add(block, file, content, batch, file.line());
    }
  }

  /** Whether the line up to {@code next} belongs to the next event. */
  private boolean endsBefore(
      Block block, TailedFile file, Content content, Multiline multiline, LineEnds ends, int next)
      throws IOException {
    long start = block.index(file.line().offset());
    if (next - block.index(file.read().offset()) > rules.maxLineBytes()) {
      return true;
    }
    byte[] line = block.copy(content, start, next, rules.maxLineBytes());
    int length = ends.textEnd(line, line.length);
    String text = new String(line, 0, length, charset(content));
    return multiline.start().matcher(text).find();
  }

  /** Adds the event that ends at {@code end}, and goes on there. */
  private void add(Block block, TailedFile file, Content content, Batch batch, Place end)
      throws IOException {
    Charset charset = charset(content);
    LineEnds ends = LineEnds.of(charset).orElse(LineEnds.BYTE);
    long start = block.index(file.read().offset());
    long stop = block.index(end.offset());
    int most = rules.maxLineBytes() - rules.maxLineBytes() % ends.unit();
    byte[] bytes = block.copy(content, start, stop, most + 2 * ends.unit());
    boolean whole = bytes.length == stop - start;
    int length = whole ? ends.textEnd(bytes, bytes.length) : bytes.length;
    long textEnd = whole ? start + length : stop;
    int kept = Math.min(length, most);
    byte[] body =
        rules.charset().isPresent()
            ? new Transcoder(charset, counter).toUtf8(bytes, kept, file.read().offset() == 0)
            : Arrays.copyOf(bytes, kept);
    bodies.add(block, file, batch, start, textEnd, end, body);
    file.readTo(end);
  }

  @Override
  public void flush(Block block, TailedFile file, Content content, Batch batch) throws IOException {
    Place end = file.lines() > 0 ? file.line() : block.place(block.limit());
    if (end.offset() > file.read().offset()) {
      add(block, file, content, batch, end);
    }
  }

  /** UTF-16 is told by its mark at the beginning of the file. */
  private Charset charset(Content content) throws IOException {
    Charset charset = rules.charset().orElse(StandardCharsets.UTF_8);
    if (!charset.equals(StandardCharsets.UTF_16)) {
      return charset;
    }
    byte[] mark = new byte[2];
    int count = content.read(mark, 0, 2, 0);
    boolean little = count == 2 && mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE;
    return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }
}
