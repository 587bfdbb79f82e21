package io.sluice.kafkaclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class KafkaClassLoaderTest {
  private final ClassLoader flume = KafkaClassLoaderTest.class.getClassLoader();

  private KafkaClassLoader loaderOver(Class<?>... inJars) {
    URL[] urls = new URL[inJars.length];
    for (int i = 0; i < inJars.length; i++) {
      urls[i] = inJars[i].getProtectionDomain().getCodeSource().getLocation();
    }
    return new KafkaClassLoader(urls, flume);
  }

  @Test
  void definesTheClientItselfAlthoughFlumeHasOne() throws Exception {
    try (URLClassLoader loader = loaderOver(ProducerRecord.class)) {
      Class<?> own = loader.loadClass(ProducerRecord.class.getName());

      assertThat(own).isNotEqualTo(ProducerRecord.class);
      assertThat(own.getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void asksFlumeForWhatItLacks() throws Exception {
    try (URLClassLoader loader = loaderOver(ProducerRecord.class)) {
      assertThat(loader.loadClass(Logger.class.getName())).isSameAs(Logger.class);
    }
  }

  @Test
  void definesOurKafkaFacingClassesAndNoOthersOfOurs() throws Exception {
    try (URLClassLoader loader = loaderOver(ProducerRecord.class, KafkaClient.class)) {
      String facing = "io.sluice.sink.kafka.KafkaShipperFactory";

      assertThat(loader.loadClass(facing).getClassLoader()).isSameAs(loader);
      assertThat(loader.loadClass(KafkaClient.class.getName())).isSameAs(KafkaClient.class);
    }
  }

  @Test
  void findsTheClientsOwnResourcesFirst() throws Exception {
    try (URLClassLoader loader = loaderOver(ProducerRecord.class)) {
      assertThat(loader.getResource("kafka/kafka-version.properties").getPath())
          .contains("kafka-clients-4.");
    }
  }

  @Test
  void withoutAFolderOfItsOwnTheClassPathIsUsed() {
    assertThat(KafkaClient.get().describe()).isEqualTo("4.3.1 from the class path");
  }
}
