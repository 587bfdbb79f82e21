package io.sluice.cli.survey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The fields of one JSON object, by JSON Pointer. */
final class JsonFields {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final int MOST_FIELDS = 200;

  private JsonFields() {}

  /** Adds all of them, or nothing and false if the text is no JSON. */
  static boolean add(String text, Fields fields) {
    try (JsonParser whole = FACTORY.createParser(text)) {
      while (whole.nextToken() != null) {
        whole.skipChildren();
      }
    } catch (IOException e) {
      return false;
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      int count = 0;
      while (count < MOST_FIELDS) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          break;
        }
        if (token.isScalarValue()) {
          fields.add(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
          count++;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("what was parsed once can be parsed again", e);
    }
    return true;
  }
}
