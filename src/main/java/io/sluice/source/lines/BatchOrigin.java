package io.sluice.source.lines;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.event.Origin;
import io.sluice.source.files.TailedFile;
import java.util.Map;

/**
 * The lines of one file in one batch have this in common, so that no line needs a clock of its own.
 * Immutable.
 */
public record BatchOrigin(
    TailedFile file,
    FileIdentity readAs,
    Ledger ledger,
    boolean hasHeaders,
    long readNanos,
    long sequence)
    implements Origin {
  BatchOrigin(TailedFile file, long readNanos, long sequence) {
    this(file, file.identity(), file.ledger(), file.hasHeaders(), readNanos, sequence);
  }

  @Override
  public void addHeaders(Map<String, String> headers, long offset) {
    file.addHeaders(headers, readAs, offset);
  }
}
