package io.sluice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** How the agent of one life is configured, and what kind of cluster it meets. */
final class Setup implements Cloneable {
  private static final int LARGE = 1_048_588;

  /** A setup with nothing remarkable in one respect, to see whether the rest fails as well. */
  private static final List<Consumer<Setup>> SIMPLER =
      List.of(
          setup -> setup.sinks = 1,
          setup -> setup.partitions = 1,
          setup -> {
            setup.capacity = 100;
            setup.transactionCapacity = 100;
          },
          setup -> setup.sourceBatch = 100,
          setup -> setup.sinkBatch = 100,
          setup -> setup.invalidTopic = true,
          setup -> setup.fixedPartition = false,
          setup -> setup.stamped = false,
          setup -> setup.replacing = false,
          setup -> setup.maxMessageBytes = LARGE,
          setup -> setup.maxLetterBytes = LARGE,
          setup -> setup.positionsPolicy = "compact",
          setup -> setup.oldPositions = 0,
          setup -> setup.goneFiles = 0,
          setup -> setup.nanosPerByte = 0,
          setup -> setup.compressed = false,
          setup -> setup.exactly = false);

  boolean exactly;
  int sinks;
  int partitions;
  int capacity;
  int transactionCapacity;
  int sourceBatch;
  int sinkBatch;
  boolean invalidTopic;

  /** {@code defaultPartitionId} is given. */
  boolean fixedPartition;

  /** Records have the times that are in their lines. */
  boolean stamped;

  /** Another interceptor makes new events of ours. */
  boolean replacing;

  int maxMessageBytes;

  /** What the invalid topic takes. */
  int maxLetterBytes;

  /** Of the positions topic, as an operator made it. */
  String positionsPolicy;

  /** Positions of others, that have to be read at each start. */
  int oldPositions;

  /** Positions of the agent's own, of files that are long gone; more than it remembers. */
  int goneFiles;

  /** A slow line to the brokers; 0 for a fast one. */
  long nanosPerByte;

  /** The client cannot know whether a record is too large. */
  boolean compressed;

  static Setup of(Random random) {
    var setup = new Setup();
    setup.exactly = random.nextInt(2) == 0;
    setup.sinks = !setup.exactly && random.nextInt(10) == 0 ? 2 : 1;
    setup.partitions = 1 + random.nextInt(3);
    setup.transactionCapacity = 2 + random.nextInt(20);
    setup.capacity = setup.transactionCapacity + random.nextInt(40);
    setup.sourceBatch = 1 + random.nextInt(8);
    setup.sinkBatch = 1 + random.nextInt(20);
    setup.invalidTopic = random.nextInt(5) != 0;
    setup.fixedPartition = random.nextInt(8) == 0;
    setup.stamped = random.nextInt(8) == 0;
    setup.replacing = random.nextInt(25) == 0;
    boolean tiny = random.nextInt(12) == 0;
    setup.maxMessageBytes = tiny ? 700 : random.nextInt(3) == 0 ? 3_000 : LARGE;
    setup.maxLetterBytes = tiny && random.nextBoolean() ? 700 : setup.maxMessageBytes + 2_300;
    setup.positionsPolicy = setup.exactly && random.nextInt(20) == 0 ? "delete" : "compact";
    setup.oldPositions = setup.exactly && random.nextInt(20) == 0 ? 3_000 : 0;
    setup.goneFiles = setup.exactly && random.nextInt(100) == 0 ? 10_050 : 0;
    setup.nanosPerByte = random.nextInt(25) == 0 ? 20_000_000L : 0;
    setup.compressed = random.nextBoolean();
    return setup;
  }

  /** The same but for one respect, for each in which that makes a difference. */
  List<Setup> simpler() {
    List<Setup> all = new ArrayList<>();
    for (Consumer<Setup> change : SIMPLER) {
      try {
        var other = (Setup) clone();
        change.accept(other);
        if (!other.story().equals(story())) {
          all.add(other);
        }
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  /** How many records one poll of the positions topic gives, and how long it takes. */
  int recordsPerPoll() {
    return oldPositions > 0 ? 5 : 500;
  }

  long nanosPerPoll() {
    return oldPositions > 0 ? 200_000_000L : 1_000_000L;
  }

  String story() {
    return (exactly ? "exactly once" : "at least once")
        + (sinks > 1 ? ", two channels with a sink each" : "")
        + (partitions > 1 ? ", " + partitions + " partitions" : "")
        + (capacity == 100 ? "" : ", channel of " + capacity + "/" + transactionCapacity)
        + (sourceBatch == 100 ? "" : ", source batches of " + sourceBatch)
        + (sinkBatch == 100 ? "" : ", sink batches of " + sinkBatch)
        + (invalidTopic ? "" : ", no invalid topic")
        + (fixedPartition ? ", defaultPartitionId = 0" : "")
        + (stamped ? ", record times from the lines" : "")
        + (replacing ? ", an interceptor that replaces events" : "")
        + (maxMessageBytes < LARGE ? ", topics take " + maxMessageBytes + " bytes" : "")
        + (maxLetterBytes < 3_000 ? ", the invalid topic too" : "")
        + (positionsPolicy.equals("delete") ? ", positions topic not compacted" : "")
        + (oldPositions > 0 ? ", " + oldPositions + " old positions, read slowly" : "")
        + (goneFiles > 0 ? ", " + goneFiles + " positions of files that are gone" : "")
        + (compressed ? ", compressed" : "")
        + (nanosPerByte > 0 ? ", 50 bytes/s to the brokers" : "");
  }
}
