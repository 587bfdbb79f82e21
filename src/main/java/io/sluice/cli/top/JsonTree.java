package io.sluice.cli.top;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a JSON document; whatever is not there is empty, zero or false. Immutable. */
record JsonTree(@Nullable Object value) {
  private static final int MOST_DEPTH = 20;

  /**
   * @throws IOException if the text is no JSON, or nested deeper than any status is
   */
  static JsonTree parse(byte[] text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return new JsonTree(value(parser, 0));
    }
  }

  private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new IOException("nested too deep");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> fields = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.getText();
        parser.nextToken();
        Object field = value(parser, depth + 1);
        if (field != null) {
          fields.put(name, field);
        }
      }
      return fields;
    }
    if (token == JsonToken.START_ARRAY) {
      var items = new ArrayList<@Nullable Object>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, depth + 1));
      }
      return items;
    }
    if (token == null) {
      throw new IOException("no value");
    }
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    if (token.isBoolean()) {
      return parser.getBooleanValue();
    }
    return token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  JsonTree at(String name) {
    return new JsonTree(value instanceof Map<?, ?> fields ? fields.get(name) : null);
  }

  List<JsonTree> items() {
    return value instanceof List<?> items
        ? items.stream().map(item -> new JsonTree(item)).toList()
        : List.of();
  }

  /** The last item of an array. */
  JsonTree last() {
    return value instanceof List<?> items && !items.isEmpty()
        ? new JsonTree(items.get(items.size() - 1))
        : new JsonTree(null);
  }

  double number() {
    return value instanceof Double number ? number : 0;
  }

  String text() {
    return value instanceof String text ? text : "";
  }

  boolean isThere() {
    return value != null;
  }
}
