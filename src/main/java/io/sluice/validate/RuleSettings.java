package io.sluice.validate;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import java.util.List;

/** The settings of rules: those of one rule, and those of a set. */
public final class RuleSettings {
  static final Setting<Selector> FIELD =
      Setting.of("field", "one of " + Selectors.ALLOWED, Selectors::parse)
          .doc("Where the number is in a line. Without it, the whole line is the number.");

  static final Setting<Range> RANGE =
      Setting.of("range", "a range such as [10,20] or [0,100) (200,)", Range::parse)
          .doc(
              "The numbers that are valid: intervals, [ and ] with the bound, ( and ) without it."
                  + " Either this or min and max.");

  static final Setting<Bound> MIN =
      Setting.of("min", "a decimal number", Bound::parse)
          .doc("The least valid number; without it there is none.");

  static final Setting<Bound> MAX =
      Setting.of("max", "a decimal number", Bound::parse)
          .doc("The greatest valid number; without it there is none.");

  static final Setting<Boolean> INTEGER_ONLY =
      Setting.bool("integerOnly")
          .defaultsTo(false)
          .doc("Whether the number must be whole. 20.0 and 2e1 are.");

  static final Setting<Fallback> ON_MISSING =
      Setting.choice("onMissing", Fallback.class)
          .defaultsTo(Fallback.INVALID)
          .doc("What becomes of a line without the field.");

  static final Setting<Fallback> ON_NOT_A_NUMBER =
      Setting.choice("onNotANumber", Fallback.class)
          .defaultsTo(Fallback.INVALID)
          .doc("What becomes of a line whose field is no decimal number.");

  static final Setting<Fallback> ON_UNPARSABLE =
      Setting.choice("onUnparsable", Fallback.class)
          .defaultsTo(Fallback.INVALID)
          .doc(
              "What becomes of a line that is not in the format of the field, such as broken"
                  + " JSON.");

  static final Setting<List<String>> NAMES =
      Setting.list("rules")
          .doc("Names of several rules. All must hold; the first that does not is reported.");

  static final Setting<String> NAMED =
      Setting.prefix("rules.")
          .doc("rules.NAME.field, rules.NAME.range and so on: the settings of one rule.");

  static final Setting<List<String>> CSV_HEADER =
      Setting.list("csv.header").doc("Names of the columns, in order, for csv:NAME.");

  static final Setting<Byte> CSV_DELIMITER =
      Setting.of(
              "csv.delimiter", "one visible ASCII character or \"tab\"", CsvFormat::parseDelimiter)
          .doc("The delimiter between columns for csv:COLUMN; a comma without this setting.");

  static final Setting<String> SHADOW =
      Setting.prefix("shadow.")
          .doc(
              "Rules on trial, with the same keys behind this prefix. They are counted next to the"
                  + " rules in force and change nothing.");

  static final Setting<String> TESTS =
      Setting.prefix("tests.")
          .doc(
              "Examples: tests.NAME.line is a line, tests.NAME.expect the verdict that it must get:"
                  + " valid, invalid, dropped, a reason such as BELOW, or RULE.REASON. Headers are"
                  + " tests.NAME.headers.HEADER. Rules that fail one of their tests are refused.");

  /** The settings of one rule, behind {@code rules.NAME.}; or of the only rule, as they are. */
  public static final Settings RULE =
      Settings.of(
          "One rule",
          FIELD,
          RANGE,
          MIN,
          MAX,
          INTEGER_ONLY,
          ON_MISSING,
          ON_NOT_A_NUMBER,
          ON_UNPARSABLE);

  /** One rule or several; what may follow {@code shadow.}. */
  static final Settings ONE_OR_SEVERAL = RULE.and(Settings.of("Rules", NAMES, NAMED));

  /** All settings of a rule set, as they appear in a rules file. */
  public static final Settings SETTINGS =
      Settings.of("Rules file", CSV_HEADER, CSV_DELIMITER, SHADOW, TESTS).and(ONE_OR_SEVERAL);

  private RuleSettings() {}
}
