package io.sluice.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Writes components with what JMX tells of them: whatever our beans and Flume's hold. */
final class AttributeJson {
  private AttributeJson() {}

  static void components(JsonGenerator json, String field, List<Component> components)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Component component : components) {
      json.writeStartObject();
      json.writeStringField("name", component.name());
      for (var attribute : new TreeMap<>(component.attributes()).entrySet()) {
        json.writeFieldName(spelled(attribute.getKey()));
        value(json, attribute.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Double number) {
      if (number.isNaN() || number.isInfinite()) {
        json.writeNull();
      } else {
        json.writeNumber(number);
      }
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof long[] numbers) {
      json.writeArray(numbers, 0, numbers.length);
    } else if (value instanceof CompositeData[] list) {
      json.writeStartArray();
      for (CompositeData item : list) {
        value(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof CompositeData item) {
      json.writeStartObject();
      for (String key : item.getCompositeType().keySet()) {
        json.writeFieldName(spelled(key));
        value(json, item.get(key));
      }
      json.writeEndObject();
    } else if (value instanceof TabularData table) {
      map(json, table);
    } else {
      json.writeString(String.valueOf(value));
    }
  }

  private static void map(JsonGenerator json, TabularData table) throws IOException {
    json.writeStartObject();
    var sorted = new TreeMap<String, Object>();
    for (Object row : table.values()) {
      CompositeData entry = (CompositeData) row;
      sorted.put(String.valueOf(entry.get("key")), entry.get("value"));
    }
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      json.writeFieldName(entry.getKey());
      value(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static String spelled(String attribute) {
    return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
  }
}
