package io.sluice.console;

import io.sluice.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The dashboard's files, out of our jar and into memory. Immutable. */
final class Page {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, Response> parts;

  private Page(Map<String, Response> parts) {
    this.parts = Map.copyOf(parts);
  }

  static Page load() {
    var parts = new HashMap<String, Response>();
    parts.put("/", read("index.html", "text/html; charset=utf-8"));
    parts.put("/console.css", read("console.css", STYLE));
    parts.put("/console.js", read("console.js", SCRIPT));
    parts.put("/icon.svg", read("icon.svg", "image/svg+xml"));
    parts.put("/uplot.css", read("uPlot.min.css", STYLE));
    parts.put("/uplot.js", read("uPlot.iife.min.js", SCRIPT));
    return new Page(parts);
  }

  private static Response read(String name, String contentType) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("our jar lacks the console's " + name);
      }
      return Response.ok(contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> paths() {
    return parts.keySet();
  }

  /** The file that is served under {@code path}. */
  Optional<Response> part(String path) {
    return Optional.ofNullable(parts.get(path));
  }
}
