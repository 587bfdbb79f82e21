package io.sluice.cli.check;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be checked.
 *
 * @param agent its name; without one, all agents of the file
 * @param heapBytes size of the agent's heap; without one, that of {@code flume-env.sh} beside the
 *     file, if there is one
 * @param eventBytes the expected size of a line
 * @param connect whether to ask the brokers too
 */
public record Request(
    Path file, Optional<String> agent, Optional<Long> heapBytes, int eventBytes, boolean connect) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)");

  /**
   * The bytes that Java's {@code -Xmx} means by {@code size}.
   *
   * @throws IllegalArgumentException if it is no size
   */
  public static long bytes(String size) {
    Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is not a size such as 256m".formatted(size));
    }
    int shift = matcher.group(2).isEmpty() ? 0 : " kmgt".indexOf(matcher.group(2)) * 10;
    return Long.parseLong(matcher.group(1)) << shift;
  }
}
