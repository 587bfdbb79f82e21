package io.sluice.source.machine;

import java.io.IOException;
import java.io.Serial;

/** An archive is still being written, so nobody can say yet what will be in it. No fault. */
public final class UnfinishedArchiveException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  UnfinishedArchiveException(String message) {
    super(message);
  }
}
