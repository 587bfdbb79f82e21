package io.sluice.source.lines;

import io.sluice.source.metrics.LineCounts;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes UTF-8 of bytes in another character set. Used by one thread. */
final class Transcoder {
  private static final char MARK = '\uFEFF';

  private final Charset charset;
  private final LineCounts counts;

  Transcoder(Charset charset, LineCounts counts) {
    this.charset = charset;
    this.counts = counts;
  }

  /**
   * The text as UTF-8; what cannot be decoded is replaced by U+FFFD and counted.
   *
   * @param first whether these are the first bytes of a file, where a byte order mark is left out
   */
  byte[] toUtf8(byte[] bytes, int length, boolean first) {
    ByteBuffer source = ByteBuffer.wrap(bytes, 0, length);
    CharBuffer text;
    try {
      text = charset.newDecoder().decode(source);
    } catch (CharacterCodingException e) {
      counts.decodeError();
      text = replacing(ByteBuffer.wrap(bytes, 0, length));
    }
    if (first && text.hasRemaining() && text.get(text.position()) == MARK) {
      text.get();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private CharBuffer replacing(ByteBuffer bytes) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("a decoder that replaces reports nothing", e);
    }
  }
}
