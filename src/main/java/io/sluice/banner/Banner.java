package io.sluice.banner;

import io.sluice.kafkaclient.KafkaClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.flume.Channel;
import org.apache.flume.tools.VersionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One block in the log for each channel, with versions and what the components on it are told to
 * do. Flume first initializes all components and then starts them: each says its part in {@code
 * initialize}, and the first one that starts logs what all have said.
 *
 * <p>Thread-safe.
 */
public final class Banner {
  private static final Logger log = LoggerFactory.getLogger(Banner.class);

  /** What was said and not logged yet. Weak: an entry goes with its channel. */
  private static final Map<Channel, List<String>> SAID = new WeakHashMap<>();

  private Banner() {}

  /**
   * Says a component's part.
   *
   * @param part one line that begins with the component, without secrets
   */
  public static void say(Channel channel, String part) {
    synchronized (SAID) {
      SAID.computeIfAbsent(channel, first -> new ArrayList<>()).add(part);
    }
  }

  /** Logs what was said of the channel since the last time, if anything was. */
  public static void log(Channel channel) {
    text(channel).ifPresent(log::info);
  }

  static Optional<String> text(Channel channel) {
    List<String> parts;
    synchronized (SAID) {
      parts = SAID.remove(channel);
    }
    if (parts == null) {
      return Optional.empty();
    }
    var text =
        new StringBuilder("Sluice ")
            .append(version())
            .append(" on channel '")
            .append(channel.getName());
    text.append("'\n  Kafka client ").append(KafkaClient.get().describe());
    text.append("\n  Flume ").append(VersionInfo.getVersion());
    text.append(", Java ").append(Runtime.version());
    text.append(" (").append(System.getProperty("java.vendor")).append(")");
    parts.forEach(part -> text.append("\n  ").append(part));
    return Optional.of(text.toString());
  }

  private static String version() {
    String version = Banner.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
