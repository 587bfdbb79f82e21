package io.sluice.validate;

import java.nio.charset.StandardCharsets;

/** A header of the event or record. */
record HeaderSelector(String name) implements Selector {
  @Override
  public Verdict select(byte[] line, HeaderLookup headers, Rule rule) {
    String value = headers.get(name);
    if (value == null) {
      return rule.missing();
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return rule.found(bytes, 0, bytes.length);
  }

  @Override
  public boolean readsHeaders() {
    return true;
  }
}
