package io.sluice.event.kafka;

import io.sluice.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;

/** Writes what a dead letter says of the record that it stands for. */
public final class DeadLetterHeaders {
  /** Topic that refused the record. */
  public static final String TOPIC = "sluice.topic";

  /** Why, in Kafka's words. */
  public static final String ERROR = "sluice.error";

  /** Length of the refused body, in bytes. */
  public static final String LENGTH = "sluice.length";

  /** SHA-256 of the refused body, in hexadecimal. */
  public static final String SHA256 = "sluice.sha256";

  private static final int HEAD_BYTES = 512;

  private DeadLetterHeaders() {}

  /** Adds the reason, who refused the record and why, and what it was. */
  public static void addTo(Headers headers, byte[] body, String refusingTopic, String error) {
    headers.add(EventHeaders.REASON, bytes(VerdictRecordHeaders.UNDELIVERABLE));
    headers.add(TOPIC, bytes(refusingTopic));
    headers.add(ERROR, bytes(error));
    headers.add(LENGTH, bytes(Integer.toString(body.length)));
    headers.add(SHA256, bytes(sha256(body)));
  }

  /** Adds only that a record was refused and the hash of its body. */
  public static void addShortTo(Headers headers, byte[] body) {
    headers.add(EventHeaders.REASON, bytes(VerdictRecordHeaders.UNDELIVERABLE));
    headers.add(SHA256, bytes(sha256(body)));
  }

  /** As much of the body as a dead letter has. */
  public static byte[] head(byte[] body) {
    return Arrays.copyOf(body, Math.min(body.length, HEAD_BYTES));
  }

  public static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
