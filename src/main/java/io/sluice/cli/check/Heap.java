package io.sluice.cli.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares what memory channels can hold with the heap.
 *
 * @param bytes the heap's size
 * @param origin who says so
 * @param eventBytes the expected size of a line
 */
record Heap(long bytes, String origin, int eventBytes) {
  /** Objects around a body: event, headers or verdict, the channel's own. An estimate. */
  private static final int OVERHEAD_BYTES = 200;

  private static final Pattern MAX_HEAP = Pattern.compile("-Xmx(\\d+[kKmMgGtT]?)");

  /** The last {@code -Xmx} of the {@code flume-env.sh} that lies beside the configuration. */
  static Optional<Heap> beside(Path configuration, int eventBytes) {
    Path file = configuration.toAbsolutePath().resolveSibling("flume-env.sh");
    try {
      String script = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      return script
          .lines()
          .filter(line -> !line.strip().startsWith("#"))
          .flatMap(line -> MAX_HEAP.matcher(line).results())
          .map(found -> found.group(1))
          .reduce((first, last) -> last)
          .map(size -> new Heap(Request.bytes(size), file.getFileName().toString(), eventBytes));
    } catch (IOException e) {
      return Optional.empty(); // Who may not read it checks without it.
    }
  }

  void check(Agent agent, Findings findings) {
    agent.all(Kind.SOURCE).stream()
        .filter(source -> source.type().equals(Components.GATEWAY_SOURCE))
        .forEach(source -> checkBodies(source, findings));
    checkChannels(agent, findings);
  }

  /** What does not fit is refused when it comes, so this is for the user to know. */
  private void checkBodies(Component gateway, Findings findings) {
    long body = number(gateway, "maxBodyBytes", 256 << 10);
    long requests = number(gateway, "maxConnections", 100);
    long share = bytes / 8;
    if (body > share) {
      findings.warn(
          gateway,
          "maxBodyBytes",
          "maxBodyBytes = %d is more than an eighth of the heap (%d MB, %s): bodies longer than %d are answered 413."
              .formatted(body, bytes >> 20, origin, share));
    } else if (body * requests > share) {
      findings.warn(
          gateway,
          "maxBodyBytes",
          "%d bodies of %d bytes are %d MB; they have an eighth of the heap (%d MB, %s), and what is beyond is answered 503."
              .formatted(requests, body, (body * requests) >> 20, bytes >> 20, origin));
    }
  }

  private void checkChannels(Agent agent, Findings findings) {
    long sum = 0;
    for (Component channel : agent.all(Kind.CHANNEL)) {
      long need = need(channel);
      sum += need;
      if (need > bytes / 2) {
        String message =
            "capacity = %d with lines of %d bytes needs about %d MB; the heap has %d MB (%s)."
                .formatted(capacity(channel), eventBytes, need >> 20, bytes >> 20, origin);
        if (need > bytes) {
          findings.error(channel, "capacity", message);
        } else {
          findings.warn(channel, "capacity", message);
        }
        return;
      }
    }
    if (sum > bytes / 2) {
      findings.warn(
          0,
          agent.label(),
          "all memory channels together need about %d MB with lines of %d bytes; the heap has %d MB (%s)."
              .formatted(sum >> 20, eventBytes, bytes >> 20, origin));
    }
  }

  private static long capacity(Component channel) {
    if (channel.isMemoryChannel()) {
      return number(channel, "capacity", 100);
    }
    return channel.type().equalsIgnoreCase("spillablememory")
        ? number(channel, "memoryCapacity", 10_000)
        : 0;
  }

  private long need(Component channel) {
    long capacity = capacity(channel);
    long bodies = capacity * eventBytes;
    long limit = number(channel, "byteCapacity", 0);
    return capacity * OVERHEAD_BYTES + (limit > 0 ? Math.min(bodies, limit) : bodies);
  }

  private static long number(Component channel, String key, long absent) {
    return channel
        .find(key)
        .filter(text -> text.matches("\\d{1,12}"))
        .map(Long::valueOf)
        .orElse(absent);
  }
}
