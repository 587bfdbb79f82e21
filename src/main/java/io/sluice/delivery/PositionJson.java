package io.sluice.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Positions as JSON, the same in the position file (an array) and in the positions topic (one
 * object a record). Hashes are written in hexadecimal, because JSON's numbers do not hold 64 bits
 * everywhere. Unknown fields are skipped, so that an older Sluice can read a newer one's positions.
 */
public final class PositionJson {
  private static final JsonFactory JSON = new JsonFactory();

  private PositionJson() {}

  /** One position as an object. */
  public static byte[] write(Position position) {
    return generate(json -> writeObject(json, position));
  }

  /** All positions as an array, one a line. */
  public static byte[] write(Iterable<Position> positions) {
    return generate(
        json -> {
          json.writeStartArray();
          for (Position position : positions) {
            json.writeRaw('\n');
            writeObject(json, position);
          }
          json.writeRaw('\n');
          json.writeEndArray();
        });
  }

  /**
   * Reads what {@link #write(Position)} or {@link #write(Iterable)} wrote.
   *
   * @throws IOException if the text is not whole or not of that form
   */
  public static List<Position> read(byte[] text) throws IOException {
    var positions = new ArrayList<Position>();
    try (JsonParser json = JSON.createParser(text)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        positions.add(readObject(json));
      } else if (first == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          positions.add(readObject(json));
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
          throw new IOException("the array of positions has no end");
        }
      } else {
        throw new IOException("no position found");
      }
    }
    return positions;
  }

  private static void writeObject(JsonGenerator json, Position position) throws IOException {
    FileIdentity file = position.file();
    json.writeStartObject();
    json.writeStringField("source", position.source());
    json.writeStringField("path", file.path());
    if (!file.target().equals(file.path())) {
      json.writeStringField("target", file.target());
    }
    json.writeNumberField("device", file.device());
    json.writeNumberField("inode", file.inode());
    json.writeNumberField("headLength", file.headLength());
    json.writeStringField("headHash", Long.toHexString(file.headHash()));
    json.writeNumberField("offset", position.offset());
    json.writeStringField("anchor", Long.toHexString(position.anchor()));
    json.writeEndObject();
  }

  private static Position readObject(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken().isScalarValue()) {
        fields.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    try {
      var file =
          new FileIdentity(
              text(fields, "path"),
              Long.parseLong(text(fields, "device")),
              Long.parseLong(text(fields, "inode")),
              Integer.parseInt(text(fields, "headLength")),
              Long.parseUnsignedLong(text(fields, "headHash"), 16),
              fields.getOrDefault("target", text(fields, "path")));
      return new Position(
          text(fields, "source"),
          file,
          Long.parseLong(text(fields, "offset")),
          Long.parseUnsignedLong(text(fields, "anchor"), 16));
    } catch (NumberFormatException e) {
      throw new IOException("a position holds no number where one belongs", e);
    }
  }

  private static String text(Map<String, String> fields, String name) throws IOException {
    String text = fields.get(name);
    if (text == null) {
      throw new IOException("a position lacks its " + name);
    }
    return text;
  }

  private interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static byte[] generate(Body body) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
