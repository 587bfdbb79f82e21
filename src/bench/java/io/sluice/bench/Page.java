package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file, parts of which are written by the harness: what stands between {@code <!-- begin
 * NAME -->} and {@code <!-- end -->}.
 */
record Page(Path file) {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- begin ([\\w ]+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  /** Writes each block anew; {@code content} knows them by name. */
  void write(UnaryOperator<String> content) throws IOException {
    String text = Files.readString(file);
    Files.writeString(
        file,
        BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(filled(block, content))));
  }

  private static String filled(MatchResult block, UnaryOperator<String> content) {
    return block.group(1) + "\n" + content.apply(block.group(2)).strip() + "\n\n" + block.group(3);
  }
}
