package io.sluice.cli.judge;

import io.sluice.cli.survey.Candidate;
import io.sluice.cli.survey.Survey;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what lines hold instead, where a rule finds its field in none of them. Keeps some of the
 * first lines until each rule has found its field once. Used by one thread.
 */
final class Hints {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_NAMES = 8;
  private static final int MOST_NUMBERS = 3;
  private static final int MOST_BYTES = 4_096;

  private final Summary summary;
  private final List<byte[]> sample = new ArrayList<>();
  private String binary = "";

  Hints(Summary summary) {
    this.summary = summary;
  }

  void see(String file, byte[] line) {
    if (sample.size() < MOST_LINES) {
      sample.add(line);
      if (binary.isEmpty() && holdsZero(line)) {
        binary = file;
        summary.hint(
            file
                + " has NUL bytes: it is no text, or text in UTF-16, which needs --charset UTF-16");
      }
    }
  }

  private static boolean holdsZero(byte[] line) {
    for (int i = 0; i < Math.min(MOST_BYTES, line.length); i++) {
      if (line[i] == 0) {
        return true;
      }
    }
    return false;
  }

  void tell() {
    List<RuleNumbers> numbers = summary.numbers();
    for (RuleNumbers ofRule : numbers) {
      boolean reached = ofRule == numbers.get(0) || summary.failed(ofRule.rule().name());
      if (reached && ofRule.found() == 0 && summary.lines() > 0) {
        summary.hint(ofRule.rule().name() + ": " + instead(ofRule.rule().field()));
      }
    }
  }

  private String instead(String field) {
    var survey = new Survey();
    sample.forEach(survey::add);
    String format = "the lines look like " + survey.format() + numbers(survey);
    List<String> names = survey.namesLike(field).stream().limit(MOST_NAMES).toList();
    int colon = field.indexOf(':');
    String argument = field.substring(colon + 1);
    return switch (field.substring(0, Math.max(0, colon))) {
      case "key" ->
          "no line has key `%s`; %s".formatted(argument, listed("frequent keys", names, format));
      case "json" ->
          "no line has `%s`; %s".formatted(argument, listed("frequent pointers", names, format));
      case "csv" ->
          "no line has column `%s`; %s".formatted(argument, listed("columns", names, format));
      case "regex" -> "the pattern matches no line; %s".formatted(format);
      case "header" ->
          "no line has header `%s`; only an agent's configuration gives headers"
              .formatted(argument);
      default -> "no line has the field; " + format;
    };
  }

  private static String numbers(Survey survey) {
    List<String> fields =
        survey.numeric().stream().limit(MOST_NUMBERS).map(Candidate::selector).toList();
    return fields.isEmpty() ? "" : ", with numbers at " + String.join(" and ", fields);
  }

  private static String listed(String what, List<String> names, String otherwise) {
    return names.isEmpty() ? otherwise : what + ": " + String.join(", ", names);
  }
}
