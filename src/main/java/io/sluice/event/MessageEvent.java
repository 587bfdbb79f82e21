package io.sluice.event;

import io.sluice.delivery.BatchAccount;
import io.sluice.delivery.Receipt;
import java.util.HashMap;
import java.util.Map;

/**
 * A message whose sender waits until Kafka has it. It has no position: once its sender has given
 * up, nobody sends it again but the sender.
 *
 * <p>Handed from thread to thread through the channel, never used by two at once.
 */
public final class MessageEvent implements Tracked {
  private final Receipt receipt;
  private byte[] body;
  private Map<String, String> headers = new HashMap<>();

  /**
   * @param body the message, owned by the event from now on
   */
  public MessageEvent(Receipt receipt, byte[] body) {
    this.receipt = receipt;
    this.body = body;
  }

  @Override
  public boolean isStale() {
    return receipt.isAbandoned();
  }

  @Override
  public void addTo(BatchAccount account) {
    account.add(receipt::delivered);
  }

  @Override
  public void dropped() {
    receipt.dropped();
  }

  @Override
  public Map<String, String> getHeaders() {
    return headers;
  }

  @Override
  public void setHeaders(Map<String, String> newHeaders) {
    headers = newHeaders;
  }

  @Override
  public byte[] getBody() {
    return body;
  }

  @Override
  public void setBody(byte[] newBody) {
    body = newBody;
  }
}
