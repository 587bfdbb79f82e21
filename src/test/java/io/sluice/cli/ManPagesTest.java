package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class ManPagesTest {
  private static final Path FOLDER = Path.of("man");

  private static List<CommandSpec> commands(CommandSpec command) {
    var all = new ArrayList<CommandSpec>();
    if (!command.name().equals("help")) {
      all.add(command);
      command.subcommands().values().forEach(sub -> all.addAll(commands(sub.getCommandSpec())));
    }
    return all;
  }

  private static List<CommandSpec> commands() {
    return commands(Sluice.commandLine().getCommandSpec());
  }

  @Test
  void pagesSayWhatTheCommandsDo() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    for (CommandSpec command : commands()) {
      pages.put(ManPage.name(command) + ".1", new ManPage(command).text());
    }
    if (Boolean.getBoolean("reference.write")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }

    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(found).as("generated pages; -Dreference.write=true writes them").isEqualTo(pages);
  }

  @Test
  void everyCommandGivesThreeExamplesThatItUnderstands() {
    for (CommandSpec command : commands()) {
      if (!command.subcommands().isEmpty()) {
        continue;
      }
      List<String> examples =
          Stream.of(command.usageMessage().footer()).filter(row -> row.startsWith("  ")).toList();
      assertThat(examples).as(command.qualifiedName()).hasSizeGreaterThanOrEqualTo(3);
      for (String example : examples) {
        String own = example.substring(example.indexOf("sluice ") + "sluice ".length());
        String words = own.replaceFirst(" *[|>)].*", "").replaceFirst(" < .*", "");
        assertThat(example).contains(command.qualifiedName());
        CommandLine parser = Sluice.commandLine();
        parser.parseArgs(split(words));
      }
    }
  }

  /** As a shell does, but only single quotes. */
  private static String[] split(String words) {
    return Stream.of(words.strip().split(" (?=(?:[^']*'[^']*')*[^']*$)"))
        .map(word -> word.replace("'", ""))
        .collect(Collectors.toList())
        .toArray(String[]::new);
  }
}
