package io.sluice.validate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One walk through one document to the value at a path. Used once, by one thread. */
final class JsonWalk {
  /** As later releases of Jackson have it; each level costs the parser an object. */
  static final int MAX_DEPTH = 1_000;

  enum Outcome {
    FOUND,
    MISSING,
    UNPARSABLE
  }

  private final JsonPath path;

  /** For each step, how many elements of its array, or members of its name, were passed. */
  private final int[] passed;

  private int documents;
  private int depth;

  /** How many of the open objects and arrays, from the outermost on, lie on the path. */
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

  /** Reads the document to its end, even when the value is found: it must be whole. */
  void run(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    boolean sound = token != null;
    while (token != null && sound) {
      if (token == JsonToken.FIELD_NAME) {
        sound = enterMember(parser.getCurrentName());
      } else if (token.isStructEnd()) {
        depth--;
        onPath = Math.min(onPath, depth);
      } else {
        sound = enterValue(parser, token);
      }
      token = sound ? parser.nextToken() : null;
    }
    if (!sound) {
      outcome = Outcome.UNPARSABLE;
    }
  }

  /** False if the path leads through two members of one name. */
  private boolean enterMember(String name) {
    named = true;
    isStep = depth == onPath && name.equals(path.name(depth - 1));
    return !isStep || passed[depth - 1]++ == 0;
  }

  /** False if this is a second document, or nested too deep. */
  private boolean enterValue(JsonParser parser, JsonToken token) throws IOException {
    if (depth == 0) {
      isStep = documents++ == 0;
      if (!isStep) {
        return false;
      }
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
    // -1 for a document that is not UTF-8, which the parser reads through characters.
    int start = (int) parser.getTokenLocation().getByteOffset();
    if (start >= 0 && token.isNumeric()) {
      from = start;
      to = start;
      while (to < bytes.length && isOfNumber(bytes[to])) {
        to++;
      }
      return;
    }
    if (start >= 0 && token == JsonToken.VALUE_STRING) {
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
