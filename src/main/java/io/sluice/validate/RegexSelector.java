package io.sluice.validate;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * The group of a regular expression (RE2) where it first matches in the line.
 *
 * <p>RE2 takes time linear in the line for each instruction of the compiled pattern; both are
 * bounded here, so that no line can stall an agent.
 */
final class RegexSelector implements Selector {
  static final int MAX_LINE_BYTES = 65_536;
  static final int MAX_INSTRUCTIONS = 2_000;

  private final Pattern pattern;

  private RegexSelector(Pattern pattern) {
    this.pattern = pattern;
  }

  static Selector parse(String text) {
    Selector engine = engine(text);
    return LiteralRun.of(text).<Selector>map(RegexSelector::search).orElse(engine);
  }

  private static Selector search(LiteralRun run) {
    return (line, headers, rule) -> {
      if (line.length > MAX_LINE_BYTES) {
        return rule.unparsable();
      }
      int start = run.start(line);
      return start == LiteralRun.NONE
          ? rule.missing()
          : rule.found(line, start, run.end(line, start));
    };
  }

  /** The selector that always asks the engine. */
  static RegexSelector engine(String text) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\"".formatted(e.getDescription(), e.getPattern()), e);
    }
    if (pattern.groupCount() != 1) {
      throw new IllegalArgumentException(
          "the pattern needs one group (...) around the number and has %d; write (?:...) for others"
              .formatted(pattern.groupCount()));
    }
    if (pattern.programSize() > MAX_INSTRUCTIONS) {
      throw new IllegalArgumentException(
          "the pattern is too large: %d instructions, of %d at most"
              .formatted(pattern.programSize(), MAX_INSTRUCTIONS));
    }
    return new RegexSelector(pattern);
  }

  @Override
  public Verdict select(byte[] line, HeaderLookup headers, Rule rule) {
    if (line.length > MAX_LINE_BYTES) {
      return rule.unparsable();
    }
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find() || matcher.start(1) < 0) {
      return rule.missing();
    }
    return rule.found(line, matcher.start(1), matcher.end(1));
  }
}
