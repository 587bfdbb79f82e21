package io.sluice.validate;

import io.sluice.config.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A short name for a rule set that changes when its settings change: the start of the SHA-256 of
 * the settings as given, in the order of the rules and of their declared keys.
 */
final class RuleHash {
  private static final int BYTES = 6;

  private final StringBuilder text = new StringBuilder();

  RuleHash(CsvFormat csv) {
    text.append(csv);
  }

  void add(String rule, Map<String, String> settings) {
    text.append('\n').append(rule);
    for (Setting<?> setting : RuleSettings.RULE.list()) {
      String value = settings.get(setting.key());
      if (value != null) {
        text.append('\n').append(setting.key()).append('=').append(value.strip());
      }
    }
  }

  /** Twelve hexadecimal digits. */
  String text() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
