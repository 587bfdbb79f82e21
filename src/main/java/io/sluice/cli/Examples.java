package io.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Adds to each command's {@code --help} the examples of {@code examples.txt} that call it. */
final class Examples {
  private static final String PROGRAM = "sluice ";

  private Examples() {}

  static CommandLine addTo(CommandLine program) {
    for (String example : read()) {
      CommandLine command = called(program, example);
      var usage = command.getCommandSpec().usageMessage();
      String[] before = usage.footer();
      String[] all = Arrays.copyOf(before, before.length + 1);
      all[before.length] = "  " + example.replace("%", "%%");
      usage.footerHeading("%nExamples:%n").footer(all);
    }
    return program;
  }

  private static List<String> read() {
    try (InputStream file = Examples.class.getResourceAsStream("examples.txt")) {
      if (file == null) {
        throw new IllegalStateException("examples.txt is not in the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that the words behind the program's name lead to. */
  private static CommandLine called(CommandLine program, String example) {
    CommandLine command = program;
    String words = example.substring(example.indexOf(PROGRAM) + PROGRAM.length());
    for (String word : words.split(" ", -1)) {
      Map<String, CommandLine> subcommands = command.getSubcommands();
      CommandLine next = subcommands.get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    return command;
  }
}
