package io.sluice.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a refused component does to its agent. Flume logs it and runs on without it, which nobody
 * may notice for days; with {@code -Dsluice.onInvalidConfig=exit} the process ends instead.
 */
public final class Refusal {
  /** The status that the process ends with: EX_CONFIG of sysexits.h. */
  public static final int STATUS = 78;

  private static final Logger log = LoggerFactory.getLogger(Refusal.class);

  private Refusal() {}

  static boolean endsTheAgent() {
    return "exit".equals(System.getProperty("sluice.onInvalidConfig"));
  }

  /** What becomes of the agent, to stand in a message. */
  static String consequence() {
    return endsTheAgent()
        ? "the agent ends with status " + STATUS + " (sluice.onInvalidConfig = exit)"
        : "the agent runs on without it";
  }

  /**
   * Ends the process if it was told to, with {@code message} in the log and on standard error.
   *
   * <p>At once, as a kill would, and without Flume's stop: that waits for locks which the calling
   * thread may hold, and until then a source could fill a channel that no sink drains. What is
   * promised for a kill holds.
   */
  public static void endIfAsked(String message) {
    if (endsTheAgent()) {
      log.error(message);
      System.err.println(message);
      System.err.flush();
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
