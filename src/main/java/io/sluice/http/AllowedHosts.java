package io.sluice.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that a server answers to: any IP address, {@code localhost}, and those given.
 *
 * <p>A page somewhere on the internet can have its own name resolve to an address of this network,
 * and so read, in the browser of somebody here, what only this network may see (DNS rebinding). The
 * browser then sends that name, which is none of these; it cannot send an address or one of ours.
 *
 * <p>Immutable.
 *
 * @param names in lower case
 * @param own what the server is bound to, which is one of its names if it is a name
 */
public record AllowedHosts(Set<String> names, String own) {
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

  /** Between brackets only, and so never a name; the network decides what it reaches. */
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]");

  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::\\d{0,5})?");

  public AllowedHosts(Collection<String> names, String own) {
    this(
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        own.toLowerCase(Locale.ROOT));
  }

  /** Whether a user may give {@code text}; a port, an address or a wildcard is no name. */
  static boolean isName(String text) {
    return NAME.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Whether a request with this header was meant for us. Browsers always send one; a client of
   * HTTP/1.0 that sends none is no browser.
   *
   * @param header the value of {@code Host}, null if there is none
   */
  public boolean contain(@Nullable String header) {
    if (header == null) {
      return true;
    }
    Matcher parts = HOST.matcher(header.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group(1);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost")
        || names.contains(name)
        || name.equals(own)
        || IPV4.matcher(host).matches()
        || IPV6.matcher(host).matches();
  }
}
