package io.sluice.cli;

/** A command cannot do what it was asked to. The message is for the user. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
