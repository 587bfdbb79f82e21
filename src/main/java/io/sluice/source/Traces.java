package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The traces a source remembers, oldest first. Their number is bounded: a log directory that has
 * seen a million files does not fill the memory.
 *
 * <p>Used by one thread.
 */
final class Traces {
  private static final int MOST = 10_000;

  private final String source;
  private final List<Trace> traces = new ArrayList<>();
  private final List<TaildirPosition> imported;

  Traces(String source, List<Position> stored, List<TaildirPosition> imported) {
    this.source = source;
    stored.forEach(position -> traces.add(Trace.of(position)));
    this.imported = new ArrayList<>(imported);
  }

  void add(Trace trace) {
    traces.add(trace);
    if (traces.size() > MOST) {
      traces.remove(0);
    }
  }

  /** Takes out the first trace that was left by this very file. */
  Optional<Trace> takeOwn(FileIdentity file, Content content) throws IOException {
    for (Trace trace : traces) {
      if (trace.isInode(file) && !trace.isEmpty() && trace.fits(content)) {
        traces.remove(trace);
        return Optional.of(trace);
      }
    }
    return takeImported(file, content);
  }

  private Optional<Trace> takeImported(FileIdentity file, Content content) throws IOException {
    for (Iterator<TaildirPosition> all = imported.iterator(); all.hasNext(); ) {
      TaildirPosition entry = all.next();
      if (entry.inode() == file.inode() && entry.path().equals(file.path())) {
        all.remove();
        if (entry.offset() <= content.size()) {
          return Optional.of(Trace.of(Place.in(content, entry.offset()).in(file, source)));
        }
      }
    }
    return Optional.empty();
  }

  void remove(Trace trace) {
    traces.remove(trace);
  }

  /** Takes out all traces that answer to {@code test}. */
  List<Trace> takeAll(Predicate<Trace> test) {
    List<Trace> found = traces.stream().filter(test).toList();
    traces.removeAll(found);
    return found;
  }

  List<Trace> all() {
    return List.copyOf(traces);
  }
}
