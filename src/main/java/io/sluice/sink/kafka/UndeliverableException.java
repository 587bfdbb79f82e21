package io.sluice.sink.kafka;

/** An event asks for a record that cannot exist, such as one for partition "x". */
final class UndeliverableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String topic;

  UndeliverableException(String topic, String message) {
    super(message);
    this.topic = topic;
  }

  String topic() {
    return topic;
  }
}
