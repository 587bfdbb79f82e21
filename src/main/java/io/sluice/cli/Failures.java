package io.sluice.cli;

import io.sluice.config.ConfigurationException;
import io.sluice.kafkaclient.cluster.ClusterException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one message what went wrong. Stack traces are for what nobody has thought of. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    if (error instanceof ConfigurationException) {
      command.getErr().println(error.getMessage());
      return ExitCode.USAGE;
    }
    if (error instanceof ClusterException) {
      command.getErr().println(command.getCommandName() + ": " + error.getMessage());
      return ExitCode.SOFTWARE;
    }
    if (error instanceof CommandFailure failure) {
      command.getErr().println(command.getCommandName() + ": " + error.getMessage());
      return failure.exitCode();
    }
    throw error;
  }
}
