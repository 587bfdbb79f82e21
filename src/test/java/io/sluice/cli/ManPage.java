package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a command, in man(7), made of what its {@code --help} says. */
final class ManPage {
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  ManPage(CommandSpec command) {
    this.command = command;
  }

  /** Such as {@code sluice-positions-list}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  String text() {
    UsageMessageSpec usage = command.usageMessage();
    List<String> description = paragraphs(usage.description());
    line(".\\\" Written by ManPagesTest from the command itself.");
    line(".TH %s 1 \"\" \"Sluice\" \"Sluice Manual\"".formatted(name(command).toUpperCase()));
    line(".SH NAME");
    line(escaped(name(command)) + " \\- " + escaped(firstSentence(description)));
    line(".SH SYNOPSIS");
    line(escaped(synopsis()));
    line(".SH DESCRIPTION");
    for (String paragraph : description) {
      line(".PP");
      line(escaped(paragraph));
    }
    options();
    commands();
    if (!usage.exitCodeList().isEmpty()) {
      line(".SH EXIT STATUS");
      usage.exitCodeList().forEach((code, meaning) -> item(code.strip(), meaning));
    }
    if (usage.footer().length > 0) {
      line(".SH " + usage.footerHeading().replace("%n", "").replace(":", "").toUpperCase());
      line(".nf");
      for (String row : usage.footer()) {
        line(escaped(row.strip()));
      }
      line(".fi");
    }
    line(".SH SEE ALSO");
    line("sluice(1), docs/cli.md in the archive");
    return page.toString();
  }

  private String synopsis() {
    return new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
        .synopsis(0)
        .replaceAll("\\s+", " ")
        .strip();
  }

  private void options() {
    line(".SH OPTIONS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(parameter.paramLabel(), description(parameter));
    }
    for (OptionSpec option : command.options()) {
      String label = option.typeInfo().isBoolean() ? "" : "=" + option.paramLabel();
      item(String.join(", ", option.names()) + label, description(option));
    }
  }

  private void commands() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    line(".SH COMMANDS");
    command
        .subcommands()
        .forEach(
            (name, sub) ->
                item(
                    name,
                    firstSentence(paragraphs(sub.getCommandSpec().usageMessage().description()))));
  }

  private static String description(ArgSpec argument) {
    var candidates = new ArrayList<String>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return String.join(" ", argument.description())
        .replace("${DEFAULT-VALUE}", argument.defaultValueString())
        .replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
  }

  private static String firstSentence(List<String> description) {
    String text = description.isEmpty() ? "" : description.get(0);
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    int colon = sentence.indexOf(": ");
    return (colon < 0 ? sentence : sentence.substring(0, colon)).replaceFirst("\\.$", "");
  }

  /** Each array element is a paragraph; empty ones only separate. */
  private static List<String> paragraphs(String[] rows) {
    var paragraphs = new ArrayList<String>();
    for (String row : rows) {
      if (!row.isBlank()) {
        paragraphs.add(row.strip());
      }
    }
    return paragraphs;
  }

  private void item(String term, String text) {
    line(".TP");
    line("\\fB" + escaped(term) + "\\fR");
    line(escaped(text));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** So that roff takes backslashes, hyphens and leading dots literally. */
  private static String escaped(String text) {
    String plain = text.replace("%n", " ").replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
