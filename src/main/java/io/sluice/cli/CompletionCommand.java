package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints the script that completes commands and options in a shell. For this shell: source"
          + " <(bin/sluice completion bash); for all: put it into /etc/bash_completion.d/sluice.",
      ""
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** zsh takes bash's scripts, and this one turns that on by itself. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("UnusedVariable") // One script serves both.
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandLine sluice = spec.root().commandLine();
    spec.commandLine().getOut().print(AutoComplete.bash("sluice", sluice));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
