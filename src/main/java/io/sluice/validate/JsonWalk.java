package io.sluice.validate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One walk through one document to the value at a path. Used once, by one thread. */
final class JsonWalk {
  /** As later releases of Jackson have it; each level costs the parser an object. */
  static final int MAX_DEPTH = 1_000;

  private static final int SHORT_NAME = 256;

  enum Outcome {
    FOUND,
    MISSING,
    UNPARSABLE
  }

  private final JsonPath path;
  private final byte[] line;

  /** For each step, how many elements of its array, or members of its name, were passed. */
  private final int[] passed;

  private boolean hasShortNames = true;
  private int depth;

  /** How many of the open objects and arrays, from the outermost on, are on the path. */
  private int onPath;

  /** Whether a member's name was read, and its value comes next. */
  private boolean named;

  /** Whether the value that comes next is the next step of the path. */
  private boolean isStep;

  private byte[] bytes;
  private int from;
  private int to;
  private Outcome outcome = Outcome.MISSING;

  JsonWalk(JsonPath path, byte[] line) {
    this.path = path;
    this.line = line;
    this.bytes = line;
    this.passed = new int[path.length()];
  }

  Outcome outcome() {
    return outcome;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Whether no member seen has a name longer than people give. */
  boolean hasShortNames() {
    return hasShortNames;
  }

  /**
   * Reads the document to its end, even when the value is found: it must be whole.
   *
   * <p>What follows it is looked at here and not by the parser, which would close itself there.
   */
  void run(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    boolean sound = token != null;
    while (sound && token != null) {
      if (token == JsonToken.FIELD_NAME) {
        sound = enterMember(parser.getCurrentName());
      } else if (token.isStructEnd()) {
        depth--;
        onPath = Math.min(onPath, depth);
      } else {
        sound = enterValue(parser, token);
      }
      if (depth == 0) {
        sound &= isLast(parser);
        token = null;
      } else {
        token = sound ? parser.nextToken() : null;
      }
    }
    if (!sound) {
      outcome = Outcome.UNPARSABLE;
    }
  }

  private boolean isLast(JsonParser parser) throws IOException {
    parser.finishToken();
    int end = (int) parser.getCurrentLocation().getByteOffset();
    return Blanks.skip(line, end, line.length) == line.length;
  }

  /** False if the path leads through two members of one name. */
  private boolean enterMember(String name) {
    named = true;
    hasShortNames &= name.length() <= SHORT_NAME;
    isStep = depth == onPath && name.equals(path.name(depth - 1));
    return !isStep || passed[depth - 1]++ == 0;
  }

  /** False if it is nested too deep. */
  private boolean enterValue(JsonParser parser, JsonToken token) throws IOException {
    if (depth == 0) {
      isStep = true;
    } else if (!named) {
      isStep = depth == onPath && passed[depth - 1]++ == path.index(depth - 1);
    }
    if (isStep && depth == path.length()) {
      take(parser, token);
    }
    if (token.isStructStart()) {
      boolean leadsOn = isStep && depth < path.length();
      depth++;
      onPath = leadsOn ? depth : onPath;
    }
    named = false;
    isStep = false;
    return depth <= MAX_DEPTH;
  }

  private void take(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    outcome = Outcome.FOUND;
    int start = (int) parser.getTokenLocation().getByteOffset();
    if (token.isNumeric()) {
      from = start;
      to = start;
      while (to < bytes.length && isOfNumber(bytes[to])) {
        to++;
      }
      return;
    }
    if (token == JsonToken.VALUE_STRING) {
      from = start + 1;
      to = from;
      while (bytes[to] != '"' && bytes[to] != '\\') {
        to++;
      }
      if (bytes[to] == '"') {
        return;
      }
    }
    bytes = parser.getText().getBytes(StandardCharsets.UTF_8);
    from = 0;
    to = bytes.length;
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
  }
}
