package io.sluice.source.lines;

import io.sluice.source.config.LineFeedEncoding;
import io.sluice.source.config.LineRules;
import io.sluice.source.config.LineRules.Multiline;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.metrics.LineCounts;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lines of another character set, and events of several lines. An event of several lines ends where
 * the next one starts, or at a bound; its bytes are taken when that is known.
 */
public final class TextLines implements LineCutter {
  private final LineRules rules;
  private final LineEmitter emitter;
  private final LineCounts counts;

  public TextLines(LineRules rules, LineEmitter emitter, LineCounts counts) {
    this.rules = rules;
    this.emitter = emitter;
    this.counts = counts;
  }

  @Override
  public int lineEnd(ReadBuffer buffer, Content content) throws IOException {
    LineFeedEncoding ends = LineFeedEncoding.of(charset(content)).orElse(LineFeedEncoding.BYTE);
    int from = Math.max(0, buffer.from() - ends.unit());
    return Newlines.find(ends, buffer.bytes(), from, buffer.limit(), buffer.offset(0));
  }

  @Override
  public void cut(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    Charset charset = charset(content);
    LineFeedEncoding ends = LineFeedEncoding.of(charset).orElse(LineFeedEncoding.BYTE);
    int from = Math.max(0, buffer.from() - (ends.unit() - 1));
    while (!out.isFull()) {
      int next = Newlines.find(ends, buffer.bytes(), from, buffer.limit(), buffer.offset(0));
      if (next < 0) {
        return;
      }
      from = next;
      if (next > buffer.index(file.line().offset())) {
        line(buffer, file, content, out, ends, next);
        buffer.advanceTo(next);
      }
    }
  }

  private void line(
      ReadBuffer buffer,
      TailedFile file,
      Content content,
      LineOutput out,
      LineFeedEncoding ends,
      int next)
      throws IOException {
    Optional<Multiline> multiline = rules.multiline();
    if (multiline.isEmpty()) {
      add(buffer, file, content, out, buffer.place(next));
      return;
    }
    if (file.lines() > 0 && endsBefore(buffer, file, content, multiline.get(), ends, next)) {
      add(buffer, file, content, out, file.line());
    }
    file.lineTo(buffer.place(next));
    file.scannedTo(buffer.place(next));
    if (file.lines() >= multiline.get().maxLines()) {
      add(buffer, file, content, out, file.line());
    }
  }

  /** Whether the line up to {@code next} belongs to the next event. */
  private boolean endsBefore(
      ReadBuffer buffer,
      TailedFile file,
      Content content,
      Multiline multiline,
      LineFeedEncoding ends,
      int next)
      throws IOException {
    long start = buffer.index(file.line().offset());
    if (next - buffer.index(file.read().offset()) > rules.maxLineBytes()) {
      return true;
    }
    byte[] line = buffer.copy(content, start, next, rules.maxLineBytes());
    int length = ends.textEnd(line, line.length);
    String text = new String(line, 0, length, charset(content));
    return multiline.start().matcher(text).find();
  }

  /** Adds the event that ends at {@code end}, and goes on there. */
  private void add(
      ReadBuffer buffer, TailedFile file, Content content, LineOutput out, AnchoredOffset end)
      throws IOException {
    Charset charset = charset(content);
    LineFeedEncoding ends = LineFeedEncoding.of(charset).orElse(LineFeedEncoding.BYTE);
    long start = buffer.index(file.read().offset());
    long stop = buffer.index(end.offset());
    int most = rules.maxLineBytes() - rules.maxLineBytes() % ends.unit();
    byte[] bytes = buffer.copy(content, start, stop, most + 2 * ends.unit());
    boolean whole = bytes.length == stop - start;
    int length = whole ? ends.textEnd(bytes, bytes.length) : bytes.length;
    long textEnd = whole ? start + length : stop;
    int kept = Math.min(length, most);
    byte[] body =
        rules.charset().isPresent()
            ? new Transcoder(charset, counts).toUtf8(bytes, kept, file.read().offset() == 0)
            : Arrays.copyOf(bytes, kept);
    emitter.add(buffer, file, out, start, textEnd, end, body);
    file.readTo(end);
  }

  @Override
  public void flush(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    AnchoredOffset end = buffer.place(buffer.limit());
    boolean partial = end.offset() > file.line().offset();
    if (file.lines() > 0 && (!partial || startsEvent(buffer, file, content))) {
      add(buffer, file, content, out, file.line());
    }
    if (partial && !out.isFull()) {
      add(buffer, file, content, out, end);
    }
  }

  /** Whether what stands at the end without a line feed is the start of another event. */
  private boolean startsEvent(ReadBuffer buffer, TailedFile file, Content content)
      throws IOException {
    LineFeedEncoding ends = LineFeedEncoding.of(charset(content)).orElse(LineFeedEncoding.BYTE);
    Optional<Multiline> multiline = rules.multiline();
    return multiline.isPresent()
        && endsBefore(buffer, file, content, multiline.get(), ends, buffer.limit());
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
