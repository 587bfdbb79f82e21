package io.sluice.monitoring;

/** Why one line was found invalid; never the line itself. Immutable. */
public interface InvalidLine {
  /** When it was checked, in milliseconds since 1970. */
  long getTimeMillis();

  String getRule();

  String getReason();

  /** The field's text, bounded in length; or only its shape, if values are masked. */
  String getValue();

  String getRange();

  /** Empty if the event does not tell. */
  String getFile();

  /** Where the line starts in its file; negative if the event does not tell. */
  long getOffset();
}
