package io.sluice.event;

/** Names of the event and record headers that are ours; public, because people route by them. */
public final class EventHeaders {
  /** {@code valid} or {@code invalid}. */
  public static final String VALIDATION = "validation";

  /** Name of the first rule that failed. */
  public static final String RULE = "validation.rule";

  /** A {@link io.sluice.validate.Reason}. */
  public static final String REASON = "validation.reason";

  /** The text that was judged, bounded in length. */
  public static final String VALUE = "validation.value";

  /** The rule's range. */
  public static final String RANGE = "validation.range";

  /** The {@linkplain io.sluice.validate.Rules#hash hash} of the rules, when asked for. */
  public static final String RULES = "validation.rules";

  private EventHeaders() {}
}
