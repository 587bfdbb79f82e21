package io.sluice.source.lines;

import io.sluice.logging.RepeatingWarning;
import io.sluice.source.config.LineRules;
import io.sluice.source.files.TailedFile;
import io.sluice.source.lines.JoinedLines.Joined;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of containers. Runtimes cut long lines into pieces of 16 KiB; an event is the whole text.
 * Where pieces of stdout and stderr are mixed, the texts become events together when all of them
 * have ended, so that a position never lies between the pieces of one.
 */
final class ContainerLines implements LineCutter {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerLines.class);

  /** Most pieces of texts that have no end yet. */
  private static final int MOST_LINES = 10_000;

  private final LineRules rules;
  private final LineEmitter emitter;
  private final RepeatingWarning malformed;

  ContainerLines(LineRules rules, LineEmitter emitter, Time time) {
    this.rules = rules;
    this.emitter = emitter;
    this.malformed = new RepeatingWarning(LOG, time::nanos);
  }

  @Override
  public int lineEnd(ReadBuffer buffer, Content content) {
    int newline = Newlines.find(buffer.bytes(), Math.max(0, buffer.from() - 1), buffer.limit());
    return newline < 0 ? -1 : newline + 1;
  }

  @Override
  public void cut(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    while (!out.isFull()) {
      int newline = Newlines.find(buffer.bytes(), buffer.from(), buffer.limit());
      if (newline < 0) {
        return;
      }
      line(buffer, file, content, out, newline + 1);
      buffer.advanceTo(newline + 1);
    }
  }

  private void line(ReadBuffer buffer, TailedFile file, Content content, LineOutput out, int next)
      throws IOException {
    long start = buffer.index(file.line().offset());
    byte[] bytes = buffer.copy(content, start, next - 1L, mostRaw());
    Optional<ContainerLine> line = ContainerLine.of(rules.format(), bytes, textEnd(bytes));
    if (line.isEmpty()) {
      malformed.warn(
          () ->
              "the line at %d of %s is no line of format = %s; it is shipped as it is"
                  .formatted(file.line().offset(), file, rules.format()));
      emit(buffer, file, content, out, file.line());
      emitter.add(buffer, file, content, out, start, next - 1L, next);
      file.readTo(buffer.place(next));
      return;
    }
    boolean goesOn = line.get().partial() && file.lines() < MOST_LINES;
    if (goesOn || !emitIfWhole(buffer, file, content, out, next)) {
      file.lineTo(buffer.place(next));
      file.scannedTo(buffer.place(next));
    }
  }

  private boolean emitIfWhole(
      ReadBuffer buffer, TailedFile file, Content content, LineOutput out, int next)
      throws IOException {
    JoinedLines joined = join(buffer, file, content, next);
    if (!joined.isWhole() && file.lines() < MOST_LINES) {
      return false;
    }
    emit(file, out, joined.all(), buffer.place(next));
    return true;
  }

  /** Adds the texts up to {@code end}, which is where a line ends. */
  private void emit(
      ReadBuffer buffer, TailedFile file, Content content, LineOutput out, AnchoredOffset end)
      throws IOException {
    if (end.offset() > file.read().offset()) {
      emit(file, out, join(buffer, file, content, buffer.index(end.offset())).all(), end);
    }
  }

  /** All but the last take no bytes of the file's account: a crash between them repeats them. */
  private void emit(TailedFile file, LineOutput out, List<Joined> texts, AnchoredOffset end) {
    AnchoredOffset start = file.read();
    for (int i = 0; i < texts.size(); i++) {
      Joined text = texts.get(i);
      AnchoredOffset next = i < texts.size() - 1 ? start : end;
      emitter.add(file, out, start.offset(), next, text.body(), text.length(), text.headers());
    }
    file.readTo(end);
  }

  private JoinedLines join(ReadBuffer buffer, TailedFile file, Content content, long stop)
      throws IOException {
    var joined = new JoinedLines(rules.maxLineBytes());
    byte[] bytes = buffer.copy(content, buffer.index(file.read().offset()), stop, mostRaw());
    int start = 0;
    while (start < bytes.length) {
      int newline = Newlines.find(bytes, start, bytes.length);
      int end = newline < 0 ? bytes.length : newline;
      byte[] line = Arrays.copyOfRange(bytes, start, end);
      ContainerLine.of(rules.format(), line, textEnd(line)).ifPresent(joined::add);
      start = end + 1;
    }
    return joined;
  }

  /** More than any text within the bound takes in a file, so that memory has a bound too. */
  private int mostRaw() {
    return (int) Math.min(Integer.MAX_VALUE / 2, 8L * rules.maxLineBytes() + (1 << 20));
  }

  private static int textEnd(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
  }

  @Override
  public void flush(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException {
    emit(buffer, file, content, out, file.line());
    int limit = buffer.limit();
    long start = buffer.index(file.read().offset());
    if (start < limit && !out.isFull()) {
      JoinedLines rest = join(buffer, file, content, limit);
      if (rest.all().isEmpty()) {
        emitter.add(buffer, file, content, out, start, limit, limit);
        file.readTo(buffer.place(limit));
      } else {
        emit(file, out, rest.all(), buffer.place(limit));
      }
    }
  }
}
