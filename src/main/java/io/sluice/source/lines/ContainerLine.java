package io.sluice.source.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.config.LineRules.Format;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One line of a container's log, as the runtime writes it. Owns its bytes.
 *
 * @param stream stdout or stderr
 * @param partial whether the text goes on in the stream's next line
 * @see <a
 *     href="https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md">the
 *     CRI's format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares lines
record ContainerLine(String time, String stream, boolean partial, byte[] text) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The line in {@code bytes[0..length)}, which has no terminator; empty if it is none. */
  static Optional<ContainerLine> of(Format format, byte[] bytes, int length) {
    return format == Format.CRI ? cri(bytes, length) : dockerJson(bytes, length);
  }

  /** {@code 2016-10-06T00:17:09.669794202Z stdout P the text}. */
  private static Optional<ContainerLine> cri(byte[] bytes, int length) {
    int time = space(bytes, 0, length);
    int stream = space(bytes, time + 1, length);
    int tags = space(bytes, stream + 1, length);
    if (stream >= length || tags <= stream + 1) {
      return Optional.empty();
    }
    String name = new String(bytes, time + 1, stream - time - 1, ISO_8859_1);
    byte tag = bytes[stream + 1];
    boolean ends = tags == stream + 2 || bytes[stream + 2] == ':';
    if ((tag != 'P' && tag != 'F') || !ends || !(name.equals("stdout") || name.equals("stderr"))) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerLine(
            new String(bytes, 0, time, ISO_8859_1),
            name,
            tag == 'P',
            Arrays.copyOfRange(bytes, Math.min(length, tags + 1), length)));
  }

  private static int space(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != ' ') {
      at++;
    }
    return at;
  }

  /** <code>{"log":"the text\\n","stream":"stdout","time":"..."}</code>. */
  private static Optional<ContainerLine> dockerJson(byte[] bytes, int length) {
    String log = null;
    String stream = null;
    String time = "";
    try (JsonParser parser = JSON.createParser(bytes, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.getCurrentName();
        boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
        parser.skipChildren();
        if (text && name.equals("log")) {
          log = parser.getText();
        } else if (text && name.equals("stream")) {
          stream = parser.getText();
        } else if (text && name.equals("time")) {
          time = parser.getText();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    if (log == null || stream == null) {
      return Optional.empty();
    }
    boolean partial = !log.endsWith("\n");
    int end = partial ? log.length() : log.length() - 1;
    end = !partial && end > 0 && log.charAt(end - 1) == '\r' ? end - 1 : end;
    return Optional.of(
        new ContainerLine(time, stream, partial, log.substring(0, end).getBytes(UTF_8)));
  }
}
