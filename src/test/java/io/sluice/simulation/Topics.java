package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;

/** The topics that a world begins with. */
final class Topics {
  private Topics() {}

  static void create(World world) {
    Setup setup = world.setup();
    for (int i = 0; i < setup.sinks; i++) {
      create(world, "raw" + i, setup.maxMessageBytes);
      create(world, "valid" + i, setup.maxMessageBytes);
      create(world, "invalid" + i, setup.maxLetterBytes);
    }
    if (setup.positionsPolicy.equals("delete") || setup.oldPositions > 0) {
      Topic positions = world.broker().create(World.POSITIONS, 1);
      positions.settings.put("cleanup.policy", setup.positionsPolicy);
      for (int i = 0; i < setup.oldPositions; i++) {
        byte[] key = ("other-" + i + "/tail/1:" + i).getBytes(UTF_8);
        var record = new ProducerRecord<>(World.POSITIONS, 0, key, new byte[0]);
        world.broker().append(positions, 0, record, world.clock().millis(), null);
      }
    }
  }

  private static void create(World world, String name, int maxBytes) {
    Topic topic = world.broker().create(name, world.setup().partitions);
    topic.settings.put("max.message.bytes", Integer.toString(maxBytes));
  }
}
