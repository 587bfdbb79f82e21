package io.sluice.sink;

/**
 * Another sink has taken over this one's delivery id; only a person can decide which one is right.
 */
public final class FencedException extends DeliveryException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(message);
  }
}
