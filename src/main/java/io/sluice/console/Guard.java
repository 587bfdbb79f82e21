package io.sluice.console;

import io.sluice.http.BearerToken;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides who may see numbers. Immutable. */
final class Guard {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]+\\]?");

  private final Optional<BearerToken> expected;
  private final boolean loopback;

  Guard(ConsoleConfig config) {
    this.expected = config.token().map(BearerToken::new);
    this.loopback = config.isLoopback();
  }

  /** Whether the header {@code Authorization} is good enough. */
  boolean allows(@Nullable String authorization) {
    return expected.isEmpty() || expected.get().isIn(authorization);
  }

  /**
   * Whether the request was meant for us. A page somewhere on the internet can have its own name
   * resolve to 127.0.0.1 and so read, in the browser of somebody on this machine, what only this
   * machine may see; but it cannot use the machine's own name for that.
   */
  boolean isMeant(@Nullable String host) {
    return !loopback
        || expected.isPresent()
        || host == null
        || host.equalsIgnoreCase("localhost")
        || ADDRESS.matcher(host).matches();
  }
}
