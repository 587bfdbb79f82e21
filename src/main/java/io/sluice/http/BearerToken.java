package io.sluice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a client must send with each request, as {@code Authorization: Bearer} (RFC
 * 6750). Never shown, and compared in a time that does not depend on where the difference is.
 */
public final class BearerToken {
  /** Long enough that guessing is hopeless if it is random. */
  static final int SHORTEST = 16;

  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  /**
   * @throws IllegalArgumentException if it is too short or has characters that cannot be sent
   */
  public BearerToken(String token) {
    if (!token.matches("[\\x21-\\x7e]{" + SHORTEST + ",4096}")) {
      throw new IllegalArgumentException(
          "a token is " + SHORTEST + " or more visible ASCII characters and nothing else");
    }
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The token in {@code file}, without white space around it.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no token
   */
  static BearerToken in(Path file) throws IOException {
    return new BearerToken(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
  }

  /** Whether the value of an {@code Authorization} header, null if there is none, holds it. */
  public boolean isIn(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    String given = authorization.substring(SCHEME.length()).strip();
    return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "a bearer token";
  }
}
