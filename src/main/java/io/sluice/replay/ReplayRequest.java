package io.sluice.replay;

import io.sluice.validate.Rules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What to replay, and how.
 *
 * @param client properties for all clients; {@code bootstrap.servers} is among them
 * @param deliveryId names the replay across restarts, so that an interrupted one continues
 * @param progressTopic holds how far each replay has come
 * @param rules if given, say what the records would be now
 */
public record ReplayRequest(
    Map<String, Object> client,
    String from,
    String to,
    Selection selection,
    String deliveryId,
    String progressTopic,
    Optional<Rules> rules,
    boolean dryRun) {

  /**
   * An id for those who do not give one: the same for the same topics and the same selection, since
   * another selection must look at records that this one skipped.
   */
  public static String deliveryIdOf(String from, String to, Selection selection) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((from + '\n' + to + '\n' + selection).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Consumer group and transactional id. */
  String kafkaId() {
    return "sluice-replay-" + deliveryId;
  }
}
