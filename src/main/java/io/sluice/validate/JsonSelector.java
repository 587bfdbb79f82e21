package io.sluice.validate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A number, or a string that holds one, at a JSON Pointer.
 *
 * <p>The whole line must be one JSON document (RFC 8259) in UTF-8, nested no deeper than {@link
 * JsonWalk#MAX_DEPTH}; anything else is unparsable. So is a line in which a member on the way to
 * the field occurs twice: RFC 8259 lets readers choose either, so this one and the line's reader
 * might not pick the same value. {@code null} counts as missing; objects, arrays, true and false
 * are no numbers.
 */
final class JsonSelector implements Selector {
  /** Field names come from outside: they are not interned, as they would stay forever. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final JsonPath path;

  JsonSelector(JsonPath path) {
    this.path = path;
  }

  @Override
  public Verdict select(byte[] line, HeaderLookup headers, Rule rule) {
    if (isOtherEncoding(line) || !Utf8.isValid(line)) {
      return rule.unparsable();
    }
    JsonShape shape = path.length() == 0 ? JsonShape.ENCLOSED : JsonShape.of(line);
    if (shape != JsonShape.ENCLOSED) {
      return shape == JsonShape.SCALAR ? rule.missing() : rule.unparsable();
    }
    var walk = new JsonWalk(path, line);
    try {
      JsonParser parser = FACTORY.createParser(line);
      walk.run(parser);
      if (walk.hasShortNames()) {
        // Only this hands the document's names on to the factory, which keeps up to 6,000 of them
        // for the parsers to come, however long they are.
        parser.close();
      }
    } catch (IOException | RuntimeException e) {
      // Jackson 2.12 answers some broken UTF-8 and UTF-32 with an ArrayIndexOutOfBoundsException.
      return rule.unparsable();
    }
    return switch (walk.outcome()) {
      case FOUND -> rule.found(walk.bytes(), walk.from(), walk.to());
      case MISSING -> rule.missing();
      case UNPARSABLE -> rule.unparsable();
    };
  }

  /** RFC 8259 asks for UTF-8; the parser would take UTF-16 and UTF-32 too, by a slower way. */
  private static boolean isOtherEncoding(byte[] line) {
    if (line.length > 1 && (line[0] & line[1] & 0xFE) == 0xFE) {
      return true;
    }
    for (int i = 0; i < Math.min(4, line.length); i++) {
      if (line[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
