package io.sluice.gateway;

import io.sluice.config.Problems;
import java.util.Map;

/** Reads a {@link GatewaySource}'s configuration without Flume and without starting anything. */
public final class GatewayCheck {
  private GatewayCheck() {}

  /** Whether it would wait for Kafka before it answers; what is wrong is among {@code problems}. */
  public static boolean read(String name, Map<String, String> given, Problems problems) {
    return GatewayConfig.parse(name, given, problems).ack() == Ack.KAFKA;
  }
}
