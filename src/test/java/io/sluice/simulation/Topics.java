package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
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
    if (setup.positionsPolicy.equals("delete") || setup.oldPositions + setup.goneFiles > 0) {
      Topic positions = world.broker().create(World.POSITIONS, 1);
      positions.settings.put("cleanup.policy", setup.positionsPolicy);
      for (int i = 0; i < setup.oldPositions; i++) {
        put(world, positions, "other-" + i + "/tail/1:" + i, new byte[0]);
      }
      for (int i = 0; i < setup.goneFiles; i++) {
        var file = new FileIdentity("/gone/" + i, 1, i, 10, i);
        var position = new Position(world.prefix() + "tail", file, 20, 0);
        String key = World.DELIVERY_ID + "/" + position.key();
        put(world, positions, key, PositionJson.write(position));
      }
    }
  }

  private static void put(World world, Topic topic, String key, byte[] value) {
    var record = new ProducerRecord<>(topic.name, 0, key.getBytes(UTF_8), value);
    world.broker().append(topic, 0, record, world.clock().millis(), null);
  }

  private static void create(World world, String name, int maxBytes) {
    Topic topic = world.broker().create(name, world.setup().partitions);
    topic.settings.put("max.message.bytes", Integer.toString(maxBytes));
  }
}
