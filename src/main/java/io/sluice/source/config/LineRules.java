package io.sluice.source.config;

import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;

/**
 * What is a line, and what becomes of it. Immutable.
 *
 * @param maxLineBytes most bytes of a body
 * @param partialTimeout how long the end of a line is waited for; zero is forever
 * @param multiline how lines make up one event, if several can
 * @param charset what the files are written in, if bodies are to be UTF-8
 * @param format what a line of the file is
 */
public record LineRules(
    int maxLineBytes,
    LongLines longLines,
    Duration partialTimeout,
    Optional<Multiline> multiline,
    Optional<Charset> charset,
    Format format) {

  /** What a line of the file is. */
  public enum Format {
    /** The text itself. */
    LINES,
    /** Kubernetes' container log: time, stream, whether the line goes on, and a piece of text. */
    CRI,
    /** Docker's json-file: an object with such a piece. */
    DOCKER_JSON
  }

  /** What becomes of a line that is longer than the bound. */
  public enum LongLines {
    TRUNCATE,
    SPLIT,
    INVALID
  }

  /**
   * Lines that belong together.
   *
   * @param start the first line of an event matches this somewhere
   * @param timeout how long another line is waited for
   */
  public record Multiline(Pattern start, Duration timeout, int maxLines) {}

  /** How many bytes a character has at least. */
  public int unit() {
    return charset.flatMap(LineFeedEncoding::of).map(LineFeedEncoding::unit).orElse(1);
  }

  /** Whether lines are bytes between line feeds, one event each. */
  public boolean isPlain() {
    return multiline.isEmpty() && charset.isEmpty() && format == Format.LINES;
  }
}
