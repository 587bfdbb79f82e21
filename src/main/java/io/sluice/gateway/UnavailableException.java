package io.sluice.gateway;

/** Kafka cannot be reached or does not allow it, for now. The message is for the log. */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public UnavailableException(String message) {
    super(message);
  }
}
