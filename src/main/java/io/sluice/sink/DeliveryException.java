package io.sluice.sink;

/** A batch could not be delivered now. Nothing is wrong with the batch: it is to be sent again. */
public class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }

  DeliveryException(String message) {
    super(message);
  }
}
