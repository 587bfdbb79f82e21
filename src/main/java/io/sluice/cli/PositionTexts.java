package io.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.delivery.FileIdentity;
import io.sluice.logging.Shown;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Positions as text: a table for people, JSON for machines. */
final class PositionTexts {
  private static final String UNKNOWN = "-";

  private PositionTexts() {}

  static List<String> table(List<PositionRow> rows) {
    boolean topic = rows.stream().anyMatch(row -> row.deliveryId() != null);
    var table = new ArrayList<List<String>>();
    table.add(line(topic, "DELIVERY-ID", "SOURCE", "OFFSET", "LAG", "STATE", "PATH"));
    for (PositionRow row : rows) {
      table.add(
          line(
              topic,
              row.deliveryId() == null ? UNKNOWN : row.deliveryId(),
              row.position().source(),
              String.valueOf(row.position().offset()),
              row.lag() < 0 ? UNKNOWN : String.valueOf(row.lag()),
              row.state(),
              Shown.of(row.path())));
    }
    return aligned(table);
  }

  private static List<String> line(boolean topic, String deliveryId, String... others) {
    var line = new ArrayList<String>();
    if (topic) {
      line.add(deliveryId);
    }
    line.addAll(List.of(others));
    return line;
  }

  private static List<String> aligned(List<List<String>> table) {
    var lines = new ArrayList<String>();
    for (List<String> row : table) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size() - 1; i++) {
        int column = i;
        int width = table.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      lines.add(line.append(row.get(row.size() - 1)).toString());
    }
    return lines;
  }

  /** Everything about one position. */
  static List<String> details(PositionRow row) {
    FileIdentity file = row.position().file();
    var lines = new ArrayList<String>();
    lines.add("path      " + Shown.of(file.path()));
    lines.add("source    " + row.position().source());
    if (row.deliveryId() != null) {
      lines.add("delivery  %s, last written by %s".formatted(row.deliveryId(), row.owner()));
    }
    lines.add("file      device %d, inode %d".formatted(file.device(), file.inode()));
    lines.add("head      %016x over %d bytes".formatted(file.headHash(), file.headLength()));
    lines.add(
        "offset    %d, anchor %016x".formatted(row.position().offset(), row.position().anchor()));
    lines.add(
        "state     "
            + switch (row.file().state()) {
              case SAME ->
                  "same: of %d bytes %d are behind the position"
                      .formatted(row.file().size(), row.lag());
              case CHANGED ->
                  "changed: the bytes before the position are not what they were; the file has %d"
                      .formatted(row.file().size());
              case REPLACED -> "replaced: another file has this name; this one may be renamed";
              case GONE -> "gone: no file has this name on this machine";
              case UNREADABLE -> "unreadable: the file cannot be opened by this user";
            });
    return lines;
  }

  static String json(List<PositionRow> rows) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartArray();
      for (PositionRow row : rows) {
        write(json, row);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, PositionRow row) throws IOException {
    FileIdentity file = row.position().file();
    json.writeStartObject();
    if (row.deliveryId() != null) {
      json.writeStringField("deliveryId", row.deliveryId());
      json.writeStringField("owner", row.owner());
    }
    json.writeStringField("source", row.position().source());
    json.writeStringField("path", file.path());
    json.writeNumberField("device", file.device());
    json.writeNumberField("inode", file.inode());
    json.writeNumberField("offset", row.position().offset());
    json.writeStringField("state", row.state());
    if (row.file().size() >= 0) {
      json.writeNumberField("size", row.file().size());
    }
    if (row.lag() >= 0) {
      json.writeNumberField("lag", row.lag());
    }
    json.writeEndObject();
  }
}
