package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a rule set of settings and collects everything that is wrong with them. Used once. */
final class RuleCompiler {
  /** Reported when the only rule has no name. */
  static final String ONLY_RULE = "range";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private final Problems problems;
  private final CsvFormat csv;
  private final RuleReader reader;

  /**
   * @param values for the format of columns, which all rules share
   */
  RuleCompiler(Values values, Problems problems) {
    this.problems = problems;
    this.csv =
        new CsvFormat(
            values.find(RuleSettings.CSV_HEADER).orElse(List.of()),
            values.find(RuleSettings.CSV_DELIMITER).orElse(CsvFormat.DEFAULT.delimiter()));
    this.reader = new RuleReader(csv, problems);
  }

  Rules rules(Map<String, String> given, Values values) {
    Optional<Rules> shadow = Optional.empty();
    Map<String, String> trial = values.under(RuleSettings.SHADOW);
    if (!trial.isEmpty()) {
      Values trialValues = RuleSettings.ONE_OR_SEVERAL.parse("shadow.", trial, problems);
      shadow = Optional.of(rules("shadow.", trial, trialValues, Optional.empty()));
    }
    return rules("", given, values, shadow);
  }

  private Rules rules(
      String prefix, Map<String, String> given, Values values, Optional<Rules> shadow) {
    Map<String, Map<String, String>> named = byName(values.under(RuleSettings.NAMED));
    var rules = new ArrayList<Rule>();
    var hash = new RuleHash(csv);
    if (given.containsKey(RuleSettings.NAMES.key()) || !named.isEmpty()) {
      refuseSingle(prefix, given);
      for (String name : names(prefix, values, named)) {
        String own = prefix + "rules." + name + ".";
        Map<String, String> settings = named.getOrDefault(name, Map.of());
        Values parsed = RuleSettings.RULE.parse(own, settings, problems);
        reader.read(name, own, settings, parsed).ifPresent(rules::add);
        hash.add(name, settings);
      }
    } else {
      reader.read(ONLY_RULE, prefix, given, values).ifPresent(rules::add);
      hash.add(ONLY_RULE, given);
    }
    return new Rules(rules, hash.text(), shadow);
  }

  /** The names listed, checked against those that settings are given for. */
  private List<String> names(String prefix, Values values, Map<String, Map<String, String>> named) {
    List<String> listed = values.find(RuleSettings.NAMES).orElse(List.of());
    if (listed.isEmpty()) {
      problems.error("%srules names no rule.".formatted(prefix));
    }
    var seen = new HashSet<String>();
    for (String name : listed) {
      if (!seen.add(name)) {
        problems.error("%srules names \"%s\" twice.".formatted(prefix, name));
      }
      if (!NAME.matcher(name).matches()) {
        problems.error(
            "%srules: \"%s\" is not a name of letters, digits, _ and -.".formatted(prefix, name));
      }
    }
    for (String name : named.keySet()) {
      if (!seen.contains(name)) {
        problems.error(
            "%1$srules.%2$s is set, but \"%2$s\" is not named in %1$srules = \"%3$s\"."
                .formatted(prefix, name, String.join(" ", listed)));
      }
    }
    return listed.stream().distinct().toList();
  }

  private void refuseSingle(String prefix, Map<String, String> given) {
    for (Setting<?> setting : RuleSettings.RULE.list()) {
      if (given.containsKey(setting.key())) {
        problems.error(
            "%1$s%2$s is for a rule without a name; with %1$srules write %1$srules.NAME.%2$s."
                .formatted(prefix, setting.key()));
      }
    }
  }

  /** Settings behind {@code NAME.}, by that name. */
  static Map<String, Map<String, String>> byName(Map<String, String> named) {
    var result = new TreeMap<String, Map<String, String>>();
    named.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String name = dot < 0 ? key : key.substring(0, dot);
          String rest = dot < 0 ? "" : key.substring(dot + 1);
          result.computeIfAbsent(name, any -> new TreeMap<>()).put(rest, value);
        });
    return result;
  }
}
