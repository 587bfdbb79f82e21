package io.sluice.validate;

import org.jspecify.annotations.Nullable;

/** Sees the text that a rule found in its field, before the verdict is known. */
@FunctionalInterface
public interface FieldObserver {
  /**
   * @param bytes the line, or, where its text is escaped, a copy of the field
   * @param reason what is wrong with {@code bytes[from..to)}; null if nothing is
   */
  void found(byte[] bytes, int from, int to, @Nullable Reason reason);
}
