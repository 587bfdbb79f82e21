package io.sluice.validate;

import org.jspecify.annotations.Nullable;

/** The headers of the line that is checked, whatever carries it. */
@FunctionalInterface
public interface HeaderLookup {
  /** A line without headers. */
  HeaderLookup NONE = name -> null;

  /** The value of the header, or null if there is none of that name. */
  @Nullable String get(String name);
}
