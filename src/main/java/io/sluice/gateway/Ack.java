package io.sluice.gateway;

/** When a message counts as accepted. */
enum Ack {
  /** When the channel has taken it. */
  CHANNEL,
  /** When Kafka has it. */
  KAFKA
}
