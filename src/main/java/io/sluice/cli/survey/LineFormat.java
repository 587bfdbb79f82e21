package io.sluice.cli.survey;

/** What most lines of a sample are. */
public enum LineFormat {
  JSON("JSON, one object a line"),
  LOGFMT("pairs, name=value"),
  CSV("columns"),
  TEXT("free text");

  private final String words;

  LineFormat(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
