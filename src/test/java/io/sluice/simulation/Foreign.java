package io.sluice.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;

/** What interceptors of other people do to events. */
final class Foreign {
  private Foreign() {}

  /** New events instead of the old ones, as many public interceptors make them. */
  static List<Event> replace(List<Event> events) {
    List<Event> copies = new ArrayList<>();
    for (Event event : events) {
      copies.add(EventBuilder.withBody(event.getBody(), new HashMap<>(event.getHeaders())));
    }
    return copies;
  }

  /** The time in a line becomes a header. */
  static void stamp(List<Event> events) {
    for (Event event : events) {
      String text = new String(event.getBody(), StandardCharsets.UTF_8);
      int at = text.indexOf(" t=");
      if (at >= 0) {
        int end = text.indexOf(' ', at + 1);
        event.getHeaders().put("time", text.substring(at + 3, end < 0 ? text.length() : end));
      }
    }
  }
}
