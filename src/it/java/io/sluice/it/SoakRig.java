package io.sluice.it;

import static io.sluice.suite.Patience.pass;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** Logs, agent and broker of a soak; whatever is done to them, the logs are written and rotated. */
final class SoakRig implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int LINES_A_SECOND = 1_500;
  private static final int MOST_SECONDS_AWAY = 20;

  private final Random random;
  private final Duration sampleInterval;
  private final KafkaBroker broker;
  private final Pipeline pipeline;
  private final SoakLogs logs;
  private final TopicReader raw;
  private final BitSet arrived = new BitSet();
  private final List<LifeRecord> agentLives = new ArrayList<>();
  private final Map<Trouble, LongSummaryStatistics> pauses = new EnumMap<>(Trouble.class);
  private int agentStarts;
  private int slowStops;
  private int notes;
  private LifeRecord agentLife;
  private LifeRecord brokerLife;
  private long nextSample;
  private long nextRotation;

  SoakRig(Path folder, long seed, Duration sampleInterval) throws IOException {
    this.random = new Random(seed);
    this.sampleInterval = sampleInterval;
    broker = new KafkaBroker(folder.resolve("broker")).start();
    brokerLife = new LifeRecord(broker.process());
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers())
            .prefixTopics("soak-")
            .createTopics();
    pipeline.config().replace("a1.sources.tail.paths", folder.resolve("logs") + "/*.log*");
    // What the heap takes of the machine is taken at the start; what grows then is something else.
    pipeline.agent().option("-XX:+AlwaysPreTouch");
    logs = new SoakLogs(folder.resolve("logs"), LINES_A_SECOND, new Random(seed));
    raw = pipeline.topics().reader(pipeline.raw());
    startAgent();
    awaitFlow();
  }

  /** Lets time pass, in which the samples are taken and old logs are deleted too. */
  void live(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      readArrived();
      logs.deleteOldest(arrived.nextClearBit(0));
      if (System.nanoTime() >= nextSample) {
        nextSample = System.nanoTime() + sampleInterval.toNanos();
        agentLife.look();
        brokerLife.look();
      }
      tick();
    }
  }

  /** Makes trouble for a random time and returns when lines flow again. */
  void make(Trouble trouble) throws IOException {
    switch (trouble) {
      case KILL_AGENT -> {
        pipeline.agent().kill();
        passAway();
        startAgent();
      }
      case STOP_AGENT -> {
        stopAgent();
        passAway();
        startAgent();
      }
      case KILL_BOTH -> {
        broker.process().kill();
        pipeline.agent().kill();
        startAgent();
        passAway();
        startBroker();
      }
      case KILL_BROKER -> {
        broker.process().kill();
        passAway();
        startBroker();
      }
      case PAUSE_AGENT -> pause(pipeline.agent().process());
      case PAUSE_BROKER -> pause(broker.process());
      case RELOAD -> {
        pipeline.config().set("a1.sources.tail.batchSize", 500 + random.nextInt(500));
        pipeline.config().set("a1.sinks.kafka.batchDurationMillis", 50 + random.nextInt(200));
        pipeline.agent().reconfigure(pipeline.config());
      }
    }
    pauses.computeIfAbsent(trouble, any -> new LongSummaryStatistics()).accept(awaitFlow());
  }

  /** Begins a new record of the same processes. */
  void turnPage() {
    agentLife.end();
    agentLife = new LifeRecord(pipeline.agent().process());
    agentLives.add(agentLife);
    brokerLife.end();
    brokerLife = new LifeRecord(broker.process());
  }

  LifeRecord agentLife() {
    return agentLife;
  }

  /** Stops writing and the agent; every line in all three topics. */
  ReadingCount finish() {
    int written = logs.stop();
    pipeline.topics().awaitCount(pipeline.raw(), written);
    stopAgent();
    var count = new ReadingCount(written);
    count(count, pipeline.raw(), number -> true);
    count(count, pipeline.valid(), ReadingCount::isValid);
    count(count, pipeline.invalid(), number -> !ReadingCount.isValid(number));
    return count;
  }

  private void count(ReadingCount count, String topic, IntPredicate belongs) {
    try (TopicReader reader = pipeline.topics().reader(topic)) {
      count.topic(reader, belongs, SoakRig::isReading);
    }
  }

  /**
   * A log that stands in the inode and under the name that a deleted one had may have been
   * truncated while no source ran, as far as the next one can know. It says so; that is no line.
   */
  private static boolean isReading(String line) {
    return !line.contains(" may be lost: ");
  }

  private void stopAgent() {
    if (!pipeline.agent().terminate()) {
      slowStops++;
    }
  }

  /** One line on how far it is. */
  void printProgress() {
    System.out.printf(
        "SoakIT %s arrived=%d agent starts=%d%n", logs, arrived.cardinality(), agentStarts);
  }

  /** Everything but the count. */
  void print() {
    printProgress();
    System.out.printf(
        "SoakIT reloads=%d, stops of more than 10 s=%d, notes of what may be lost in raw"
            + " topic=%d%n",
        reloads(), slowStops, notes);
    pauses.forEach(
        (trouble, millis) ->
            System.out.printf(
                "SoakIT %-12s %3d times, lines flow again after %.1f s, at most %.1f s%n",
                trouble,
                millis.getCount(),
                millis.getAverage() / 1_000,
                millis.getMax() / 1_000.0));
    agentLives.stream()
        .filter(LifeRecord::hasThirds)
        .forEach(life -> System.out.println("SoakIT agent  " + life));
    if (brokerLife.hasThirds()) {
      System.out.println("SoakIT broker " + brokerLife);
    }
  }

  @Override
  public void close() {
    logs.close();
    raw.close();
    pipeline.close();
    broker.close();
  }

  private void startAgent() {
    if (agentLife != null) {
      agentLife.end();
    }
    pipeline.start();
    agentStarts++;
    agentLife = new LifeRecord(pipeline.agent().process());
    agentLives.add(agentLife);
  }

  private void startBroker() {
    brokerLife.end();
    broker.start();
    brokerLife = new LifeRecord(broker.process());
  }

  private void pause(JavaProcess process) throws IOException {
    process.pause();
    passAway();
    process.resume();
  }

  /** Nobody is asked anything in that time. */
  private void passAway() throws IOException {
    long end =
        System.nanoTime() + Duration.ofMillis(random.nextInt(MOST_SECONDS_AWAY * 1_000)).toNanos();
    while (System.nanoTime() < end) {
      tick();
    }
  }

  /** Waits for the next lines; how many milliseconds it took. */
  private long awaitFlow() throws IOException {
    int before = readArrived();
    long start = System.nanoTime();
    while (readArrived() == before) {
      if (System.nanoTime() - start > Patience.LIMIT.toNanos()) {
        throw new AssertionError("no line arrives any more");
      }
      tick();
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private void tick() throws IOException {
    pass(TICK);
    if (System.nanoTime() >= nextRotation) {
      nextRotation = System.nanoTime() + Duration.ofMillis(random.nextInt(10_000)).toNanos();
      logs.rotate();
    }
  }

  /** How many different readings are in the raw topic. */
  private int readArrived() {
    raw.readToEnd(
        next -> {
          String line = new String(next.value(), StandardCharsets.US_ASCII);
          if (isReading(line)) {
            arrived.set(ReadingCount.numberOf(line));
          } else {
            notes++;
          }
        });
    return arrived.cardinality();
  }

  private long reloads() {
    return pipeline.agent().logged("Starting new configuration") - agentStarts;
  }
}
