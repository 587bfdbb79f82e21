package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules and verdicts in the short form that tests read best. */
final class Judging {
  private final Rules rules;

  private Judging(Rules rules) {
    this.rules = rules;
  }

  static Judging field(String selector) {
    return rules("field", selector, "range", "[10,20]");
  }

  static Judging range(String range) {
    return rules("range", range);
  }

  static Judging rules(String... settings) {
    var problems = new Problems("test");
    Rules rules = Rules.compile(map(settings), problems).orElse(null);
    problems.throwIfAny();
    return new Judging(rules);
  }

  static List<String> problems(String... settings) {
    var problems = new Problems("test");
    Rules.compile(map(settings), problems);
    return problems.errors();
  }

  static Map<String, String> map(String... settings) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return map;
  }

  Rules rules() {
    return rules;
  }

  /** "valid", "dropped REASON", or the reason and the value of an invalid line. */
  String of(String line) {
    return of(line.getBytes(StandardCharsets.UTF_8), HeaderLookup.NONE);
  }

  String of(byte[] line, HeaderLookup headers) {
    return text(rules.judge(line, headers));
  }

  Verdict verdict(String line) {
    return rules.judge(line.getBytes(StandardCharsets.UTF_8), HeaderLookup.NONE);
  }

  static String text(Verdict verdict) {
    if (verdict instanceof Invalid invalid) {
      return (invalid.reason() + " " + invalid.value()).strip();
    }
    return verdict instanceof Dropped dropped ? "dropped " + dropped.reason() : "valid";
  }
}
