package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PropertyLines.Entry;
import io.sluice.config.PropertyLines.MalformedEscapeException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random texts of what is special in a properties file, read by the JDK and by us. */
final class PropertyLinesPropertyTest {
  private static final int TEXTS = Boolean.getBoolean("sluice.soak") ? 5_000_000 : 200_000;
  private static final String[] PIECES = {
    "a", "b", ".", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\", "\\\n", "\\\r\n", "#", "!",
    "\\u0041", "\\u00", "\\t", "\\=", "\\ ", "ü", "٣", "u", "n", "\\\\"
  };

  @Test
  void readsWhatTheJdkReads() {
    long seed = System.nanoTime();
    System.out.println("PropertyLinesPropertyTest seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      assertThat(ours(text)).as("seed %d, text %s", seed, text).isEqualTo(theirs(text));
    }
  }

  @Test
  void linesAreThoseThatTheKeysStandIn() throws Exception {
    long seed = System.nanoTime();
    System.out.println("PropertyLinesPropertyTest seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < TEXTS / 100; i++) {
      var text = new StringBuilder();
      var expected = new ArrayList<Entry>();
      int line = 1;
      for (int entry = 0; entry < 6; entry++) {
        for (int filler = random.nextInt(3); filler > 0; filler--) {
          text.append(random.nextBoolean() ? "\n" : "# no = key \\\n");
          line++;
        }
        String key = "k" + random.nextInt(4);
        boolean continued = random.nextBoolean();
        text.append(key).append(continued ? " = v\\\n   w\r\n" : ":vw\n");
        expected.add(new Entry(key, "vw", line, (char) 0));
        line += continued ? 2 : 1;
      }
      assertThat(PropertyLines.read(text.toString()))
          .as("seed %d", seed)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void namesTheLinesOfAKeyGivenTwice() throws Exception {
    List<Entry> entries = PropertyLines.read("a = 1\nb = 2\n\na = 3\n");

    assertThat(PropertyLines.duplicates(entries)).isEqualTo(Map.of("a", List.of(1, 4)));
    assertThat(PropertyLines.values(entries)).isEqualTo(Map.of("a", "3", "b", "2"));
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int length = random.nextInt(24); length > 0; length--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static Object ours(String text) {
    try {
      return PropertyLines.values(PropertyLines.read(text));
    } catch (MalformedEscapeException e) {
      return "malformed";
    }
  }

  private static Object theirs(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      return "malformed";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return properties;
  }
}
