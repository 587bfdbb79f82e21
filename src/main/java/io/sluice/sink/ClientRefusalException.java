package io.sluice.sink;

/** The Kafka client refuses its configuration; that will not change while the agent runs. */
public final class ClientRefusalException extends DeliveryException {
  private static final long serialVersionUID = 1L;

  public ClientRefusalException(String message, Throwable cause) {
    super(message, cause);
  }
}
