package io.sluice.cli;

import io.sluice.cli.terminal.Style;
import io.sluice.cli.top.Top;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows what the consoles of agents show, live in the terminal: lines a second, valid and"
          + " invalid, delay, channel, files that wait to be read, alarms, the latest invalid"
          + " lines. Where the output is no terminal, it prints a line for each agent every few"
          + " seconds.",
      "",
      "Keys: s sorts by the next column, p pauses, q quits.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:--once: an agent does not answer",
      "2:the command line is wrong, or the token cannot be read"
    })
final class TopCommand implements Callable<Integer> {
  private static final String TOKEN = "SLUICE_TOKEN";
  private static final int MOST_SECONDS = 3_600;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description = "Consoles (http://localhost:41414).")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the consoles' token; or it is in SLUICE_TOKEN.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "How often to ask (2; 5 where the output is no terminal).")
  private @Nullable Integer seconds;

  @Option(names = "--once", description = "Print one line for each agent, and end.")
  private boolean once;

  @Override
  public Integer call() throws IOException {
    boolean terminal = Boolean.getBoolean("sluice.printsToTerminal");
    int interval = seconds == null ? (terminal ? 2 : 5) : seconds;
    if (interval < 1 || interval > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--interval is not from 1 to " + MOST_SECONDS);
    }
    Top top = top();
    try {
      if (once) {
        return top.once(spec.commandLine().getOut()) ? ExitCode.OK : ExitCode.SOFTWARE;
      }
      if (terminal) {
        Style style = Style.of(Style.Color.auto, true, System.getenv());
        top.screen(style, Duration.ofSeconds(interval));
      } else {
        top.lines(spec.commandLine().getOut(), Duration.ofSeconds(interval));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private Top top() {
    List<String> all = urls.isEmpty() ? List.of("http://localhost:41414") : urls;
    try {
      return new Top(all, token());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), String.join(" ", all) + ": " + e.getMessage());
    }
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank());
    }
    try {
      return Optional.of(Files.readString(tokenFile, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--token-file %s cannot be read: %s".formatted(tokenFile, e));
    }
  }
}
