package io.sluice.source.config;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.delivery.FileIdentity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which headers events have. Immutable.
 *
 * @param fileHeader name of the header with the path, if wanted
 * @param host this machine's name, if wanted as a header
 * @param byGroup the fixed headers of each file group
 */
public record HeaderConfig(
    Optional<String> fileHeader,
    boolean byteOffset,
    Optional<String> host,
    boolean inode,
    Map<String, Map<String, String>> byGroup) {

  private static final String BYTE_OFFSET_KEY = "byteoffset";
  private static final String HOST_KEY = "host";
  private static final String INODE_KEY = "inode";

  static HeaderConfig parse(Values values, List<FileGroup> groups, Problems problems) {
    var byGroup = new HashMap<String, Map<String, String>>();
    values
        .under(SourceSettings.HEADERS)
        .forEach(
            (key, value) -> {
              int dot = key.indexOf('.');
              String group = dot < 0 ? key : key.substring(0, dot);
              if (dot <= 0 || dot == key.length() - 1) {
                problems.error("headers.%s is not headers.<group>.<name>.".formatted(key));
              } else if (groups.stream().noneMatch(known -> known.name().equals(group))) {
                problems.warn("headers.%s is not used: no such file group.".formatted(key));
              } else {
                byGroup
                    .computeIfAbsent(group, name -> new HashMap<>())
                    .put(key.substring(dot + 1), value);
              }
            });
    boolean file = values.get(SourceSettings.FILE_HEADER);
    boolean host = values.get(SourceSettings.HOST_HEADER);
    return new HeaderConfig(
        file ? Optional.of(values.get(SourceSettings.FILE_HEADER_KEY)) : Optional.empty(),
        values.get(SourceSettings.BYTE_OFFSET_HEADER),
        host ? Optional.of(hostName()) : Optional.empty(),
        values.get(SourceSettings.INODE_HEADER),
        Map.copyOf(byGroup));
  }

  /** Whether any event has a header; if not, nobody needs to make a map for them. */
  public boolean any() {
    return byteOffset || inode || fileHeader.isPresent() || host.isPresent() || !byGroup.isEmpty();
  }

  /** Adds the headers of an event that starts at {@code offset} of {@code file}. */
  public void addTo(Map<String, String> target, FileGroup group, FileIdentity file, long offset) {
    if (byteOffset) {
      target.put(BYTE_OFFSET_KEY, Long.toString(offset));
    }
    target.putAll(byGroup.getOrDefault(group.name(), Map.of()));
    host.ifPresent(name -> target.put(HOST_KEY, name));
    if (inode) {
      target.put(INODE_KEY, Long.toString(file.inode()));
    }
    fileHeader.ifPresent(name -> target.put(name, file.path()));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that cannot resolve its own name still has one to be told by.
      String name = System.getenv("HOSTNAME");
      return name == null ? "unknown" : name;
    }
  }
}
