package io.sluice.source.lines;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the pieces of lines, stream by stream, in the order in which the lines end. */
final class JoinedLines {
  private final int maxBytes;
  private final List<Joined> ended = new ArrayList<>();
  private final Map<String, Joined> open = new LinkedHashMap<>();

  /** One text; of a text that is too long the first bytes. */
  static final class Joined {
    private final String time;
    private final String stream;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long length;

    private Joined(ContainerLine first) {
      time = first.time();
      stream = first.stream();
    }

    byte[] body() {
      return text.toByteArray();
    }

    /** Of the whole text. */
    long length() {
      return length;
    }

    Map<String, String> headers() {
      return Map.of("stream", stream, "time", time);
    }
  }

  JoinedLines(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(ContainerLine line) {
    Joined joined = open.computeIfAbsent(line.stream(), stream -> new Joined(line));
    joined.length += line.text().length;
    int room = Math.min(line.text().length, maxBytes - joined.text.size());
    joined.text.write(line.text(), 0, room);
    if (!line.partial()) {
      open.remove(line.stream());
      ended.add(joined);
    }
  }

  /** Whether every text has its end. */
  boolean isWhole() {
    return open.isEmpty();
  }

  /** All texts, also those that have no end yet. */
  List<Joined> all() {
    var all = new ArrayList<>(ended);
    all.addAll(open.values());
    return all;
  }
}
