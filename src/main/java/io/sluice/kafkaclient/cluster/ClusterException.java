package io.sluice.kafkaclient.cluster;

/** The cluster cannot do what is asked of it. The message is a whole sentence for the user. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
