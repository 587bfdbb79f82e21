package io.sluice.cli.check;

import io.sluice.config.PropertyLines.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the values of keys that look like secrets out of every message, whoever wrote it.
 * Immutable.
 */
public final class Secrets {
  private static final String MASK = "***";
  private static final Pattern KEY =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|token|jaas|credential|keystore\\.key|api-?key).*");

  /** A key with such an end says where the secret is. */
  private static final Pattern PLACE = Pattern.compile("(?i).*(file|location|url|class|type)");

  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");

  /** A shorter one would take letters out of every sentence; it is masked where it is quoted. */
  private static final int LEAST_ANYWHERE = 4;

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  /** Those among {@code entries}; of a JAAS configuration also each quoted part. */
  public static Secrets of(List<Entry> entries) {
    return new Secrets(
        entries.stream()
            .filter(entry -> KEY.matcher(entry.key()).matches())
            .map(Entry::value)
            .flatMap(value -> Stream.concat(Stream.of(value, value.strip()), quoted(value)))
            .filter(value -> !value.isEmpty() && !value.contains("${"))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> quoted(String value) {
    return QUOTED.matcher(value).results().map(found -> found.group(1));
  }

  /** The keys in {@code configuration} that hold a secret, not where one is, sorted. */
  public static List<String> keys(Map<String, String> configuration) {
    return configuration.entrySet().stream()
        .filter(entry -> KEY.matcher(entry.getKey()).matches())
        .filter(entry -> !PLACE.matcher(entry.getKey()).matches())
        .filter(entry -> !entry.getValue().isBlank() && !entry.getValue().contains("${"))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  public String mask(String message) {
    String masked = message;
    for (String value : values) {
      masked = masked.replace('"' + value + '"', '"' + MASK + '"');
      if (value.length() >= LEAST_ANYWHERE) {
        masked = masked.replaceAll(Pattern.quote(value), Matcher.quoteReplacement(MASK));
      }
    }
    return masked;
  }
}
