package io.sluice.source.lines;

import io.sluice.delivery.Ledger;
import io.sluice.event.Origin;
import java.util.Map;

/** The origin of a line that has headers of its own. Immutable. */
record LineOrigin(BatchOrigin batch, Map<String, String> own) implements Origin {
  @Override
  public Ledger ledger() {
    return batch.ledger();
  }

  @Override
  public long readNanos() {
    return batch.readNanos();
  }

  @Override
  public long sequence() {
    return batch.sequence();
  }

  @Override
  public void addHeaders(Map<String, String> headers, long offset) {
    batch.addHeaders(headers, offset);
    headers.putAll(own);
  }
}
