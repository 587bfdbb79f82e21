package io.sluice.demo;

import java.io.Closeable;
import java.io.IOException;

/** What the application writes to its log, portion by portion. */
interface Supply extends Closeable {
  /** The next bytes to append, lines or parts of them; none at the end. */
  byte[] next() throws IOException;

  @Override
  default void close() throws IOException {}
}
