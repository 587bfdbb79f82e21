package io.sluice.source.positions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the position file that Flume's TAILDIR writes. TAILDIR uses an entry only if inode
 * and path both fit, and so do we.
 *
 * @param path absolute path of the file
 * @param offset just past the last line the channel accepted
 */
public record TaildirPosition(long inode, String path, long offset) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The entries, or empty if the text is not what TAILDIR writes. */
  static Optional<List<TaildirPosition>> read(byte[] text) {
    var entries = new ArrayList<TaildirPosition>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        TaildirPosition entry = readOne(json);
        if (entry.path.isEmpty() || entry.inode < 0 || entry.offset < 0) {
          return Optional.empty();
        }
        entries.add(entry);
      }
      return json.currentToken() == JsonToken.END_ARRAY ? Optional.of(entries) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static TaildirPosition readOne(JsonParser json) throws IOException {
    long inode = -1;
    long offset = -1;
    String path = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "inode" -> inode = json.getValueAsLong(-1);
        case "pos" -> offset = json.getValueAsLong(-1);
        case "file" -> path = json.getValueAsString("");
        default -> json.skipChildren();
      }
    }
    return new TaildirPosition(inode, path, offset);
  }
}
