package io.sluice.config;

/** A component was given settings that it cannot run with; the message names every problem. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
