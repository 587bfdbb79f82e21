package io.sluice.source.machine;

import java.io.IOException;
import java.io.Serial;

/** The file is compressed in a way that cannot be read. It is passed over, and that is logged. */
public final class UnsupportedArchiveException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  UnsupportedArchiveException(String message) {
    super(message);
  }
}
