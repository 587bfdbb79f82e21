package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Soak;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * The simulation must be able to fail: each of these faults, put into the product, is found within
 * {@value #MOST_LIVES} lives. {@code -Dsluice.fault=part-of-a-name} plants one and tells its story.
 */
@Soak
final class PlantedFaultsTest {
  private static final int MOST_LIVES = 5_000;

  @Test
  void eachPlantedFaultIsFound() {
    String only = System.getProperty("sluice.fault", "");
    long first = Long.getLong("sluice.firstSeed", System.nanoTime());
    List<String> unfound = new ArrayList<>();
    for (PlantedFault fault : PlantedFaults.ALL) {
      if (!fault.name().contains(only)) {
        continue;
      }
      var universe = new Universe(fault.compile());
      LongFunction<String> life = universe.start("Quick");
      String found = "";
      int lives = 0;
      while (found.isEmpty() && lives < MOST_LIVES) {
        found = life.apply(first + lives++);
      }
      System.out.printf(
          "| %s | %s | %s |%n",
          fault.name(), found.isEmpty() ? "not found" : Integer.toString(lives), found);
      if (found.isEmpty()) {
        unfound.add(fault.name());
      } else if (!only.isEmpty()) {
        System.out.println(universe.<LongFunction<String>>start("Lives").apply(first + lives - 1));
      }
    }
    assertThat(unfound).as("faults that the simulation does not see").isEmpty();
  }
}
