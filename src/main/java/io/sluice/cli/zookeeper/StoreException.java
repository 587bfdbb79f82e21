package io.sluice.cli.zookeeper;

/** A configuration cannot be read or stored. The message is for the user. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
