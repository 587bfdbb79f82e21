package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.simulation.Call.Fault;
import io.sluice.simulation.SimulatedProducer.Sent;
import io.sluice.simulation.Topic.Entry;
import io.sluice.simulation.Topic.Transaction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One simulated world: a machine with logs, at most two agents on it, and a Kafka cluster. It has
 * one thread and one source of chance, so that a life in it can be lived again.
 */
final class World {
  static final String POSITIONS = "sluice-positions";
  static final String DELIVERY_ID = "edge";

  /** No life takes so long, unless somebody waits for what never comes. */
  private static final int MOST_PASSES = 2_000_000;

  private static World current;

  /** A fault that waits for its call. */
  private static final class Armed {
    final Call call;
    final Fault fault;
    int passing;

    Armed(Call call, Fault fault, int passing) {
      this.call = call;
      this.fault = fault;
      this.passing = passing;
    }
  }

  private final Setup setup;
  private final Path folder;
  private final String prefix;
  private final Random noise;
  private final Clock clock = new Clock();
  private final Broker broker;
  private final Logs logs;
  private final CommittedPositions positions;
  private final List<Armed> armed = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<FileChannel, Agent> channels = new HashMap<>();
  private final Map<Object, Agent> clients = new HashMap<>();
  private final Map<VirtualTimer, Agent> timers = new LinkedHashMap<>();
  private final Set<String> inKafka = new HashSet<>();

  /** Since everything was delivered, the broker has refused a line or the description of one. */
  private boolean refused;

  private final List<String> violations = new ArrayList<>();
  private Agent acting;
  private Agent first;
  private Agent second;

  /** Whose name each owner record holds. */
  private final Map<String, Agent> owners = new HashMap<>();

  /** Every name that a committed owner record held, the present owner's last. */
  private final List<String> owned = new ArrayList<>();

  private boolean ownersLost;

  /** The names of owners that know that they were. */
  private final Set<String> knowing = new HashSet<>();

  private String crashPoint = "";
  private int crashPassing;
  private long lastId;
  private int passes;
  private boolean nested;

  /** Something went wrong with Kafka and is not over. */
  private boolean trouble;

  /** It was said that positions stand still. */
  private boolean reported;

  World(Setup setup, Path folder, String prefix, long seed) {
    this.setup = setup;
    this.folder = folder;
    this.prefix = prefix;
    this.noise = new Random(seed);
    this.broker = new Broker(this, new Random(seed + 1));
    this.logs = new Logs(folder, clock, setup.stamped, () -> Promises.delivered(this), this::tell);
    this.positions = new CommittedPositions(this, positionFile());
    current = this;
    forget("io.sluice.delivery.Pairing"); // killed agents have not left their channels
    Machine.inhabit(this);
    Topics.create(this);
  }

  static World current() {
    return current;
  }

  Setup setup() {
    return setup;
  }

  Clock clock() {
    return clock;
  }

  Broker broker() {
    return broker;
  }

  Logs logs() {
    return logs;
  }

  String prefix() {
    return prefix;
  }

  private Path positionFile() {
    return folder.resolve("state/positions.json");
  }

  CommittedPositions positions() {
    return positions;
  }

  Path rulesFile() {
    return folder.resolve("rules.properties");
  }

  long nextId() {
    return ++lastId;
  }

  Random noise() {
    return noise;
  }

  List<String> story() {
    return story;
  }

  Map<String, Long> counts() {
    return counts;
  }

  List<String> violations() {
    return violations;
  }

  void tell(String event) {
    story.add(event);
  }

  void logged(String level, String text) {
    if (setup.replacing && text.contains("interceptor replaces events")) {
      logs.allMayRepeat(); // it is not silent
      reported = true;
    }
    if (story.size() < 2_000) {
      tell("  " + level + ": " + text);
    }
  }

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void violated(String what) {
    if (violations.size() < 10 && !violations.contains(what)) {
      violations.add(what);
      tell("! " + what);
    }
  }

  /** Time passes: for timers, for transactions, for everybody. */
  void pass(long nanos) {
    if (++passes > MOST_PASSES) {
      violated("the agent hangs");
      throw killed("because it hangs");
    }
    clock.pass(nanos);
    broker.tick();
    for (VirtualTimer timer : List.copyOf(timers.keySet())) {
      timer.run();
    }
  }

  // ---- Agents

  Agent first() {
    return first;
  }

  Agent second() {
    return second;
  }

  /** Whether {@code agent} may rightly have given up. */
  boolean isOvertaken(Agent agent) {
    return setup.exactly && (ownersLost || newest() != null) && newest() != agent;
  }

  /** The agent whose owner record was committed last, or null. */
  Agent newest() {
    return owned.isEmpty() ? null : owners.get(owned.get(owned.size() - 1));
  }

  void setFirst(Agent agent) {
    first = agent;
  }

  void setSecond(Agent agent) {
    second = agent;
  }

  Agent acting() {
    return acting;
  }

  /** Lets {@code agent} do something; false if it was killed over it. */
  boolean act(Agent agent, Runnable action) {
    Agent before = acting;
    acting = agent;
    try {
      action.run();
      if (!setup.exactly && !isLoose()) {
        positions.saved();
      }
      return true;
    } catch (Crash crash) {
      tell("  " + crash.getMessage());
      if (!agent.isDead()) {
        throw crash;
      }
      return false;
    } finally {
      acting = before;
    }
  }

  /** In the middle of a call of one agent's, the other one has a turn. */
  void otherAgentActs() {
    if (nested) {
      return;
    }
    Agent other = acting == first ? second : first;
    if (other == null && setup.exactly && acting == first) {
      tell("  in the middle of that, a second agent starts with the same deliveryId");
      other = new Agent(this, "b");
      second = other;
      act(other, () -> second.start(true));
    }
    if (other == null || other.isDead() || !other.hasSink()) {
      return;
    }
    nested = true;
    tell("  in the middle of that, agent " + other.name() + "'s sink takes a step");
    count("overtaken by the other agent");
    boolean alive = act(other, other::sinkStep);
    Thread.interrupted();
    nested = false;
    if (!alive) {
      bury(other);
    }
  }

  Crash killed(String place) {
    acting.die();
    count("killed " + place);
    return new Crash(place);
  }

  /** What the system does when a process was killed. */
  void bury(Agent agent) {
    bury(agent, false);
  }

  /** What the system does when a process is gone. */
  void bury(Agent agent, boolean inPeace) {
    agent.die();
    if (!inPeace && !setup.exactly) {
      logs.allMayRepeat();
    }
    if (!inPeace && isLoose()) {
      undeliveredMayBeMissing();
    }
    for (SimulatedProducer producer : List.copyOf(broker.producers())) {
      if (producer.owner() == agent) {
        broker.unregister(producer);
      }
    }
    channels
        .entrySet()
        .removeIf(
            opened -> {
              if (opened.getValue() == agent) {
                close(opened.getKey());
              }
              return opened.getValue() == agent;
            });
    clients.values().removeIf(owner -> owner == agent);
    timers.values().removeIf(owner -> owner == agent);
    armed.clear();
    crashPoint = "";
    releaseLocks();
    if (agent == first) {
      first = null;
    } else {
      second = null;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A new process knows nothing of the locks of the one before it. */
  private static void releaseLocks() {
    forget("io.sluice.source.PositionLock");
    forget("io.sluice.source.positions.PositionLock");
  }

  /** Empties what a class of the product, if it is there, keeps for the whole process. */
  private static void forget(String name) {
    try {
      for (Field field : Class.forName(name).getDeclaredFields()) {
        field.setAccessible(true);
        Object kept = Modifier.isStatic(field.getModifiers()) ? field.get(null) : null;
        if (kept instanceof Collection<?> collection) {
          collection.clear();
        } else if (kept instanceof Map<?, ?> map) {
          map.clear();
        }
      }
    } catch (ClassNotFoundException e) {
      return; // it lives elsewhere
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- What the machine is asked

  FileChannel opened(FileChannel channel) {
    if (acting != null) {
      channels.keySet().removeIf(known -> !known.isOpen());
      channels.put(channel, acting);
    }
    return channel;
  }

  void open(Object client) {
    clients.put(client, acting);
  }

  void closed(Object client) {
    clients.remove(client);
  }

  ScheduledExecutorService newTimer() {
    var timer = new VirtualTimer(clock);
    timers.put(timer, acting);
    return timer.service();
  }

  /** What an agent that was stopped in peace should not have left. */
  void checkNothingLeft(Agent agent) {
    long open =
        channels.entrySet().stream()
            .filter(entry -> entry.getValue() == agent && entry.getKey().isOpen())
            .count();
    if (open > 0) {
      violated(open + " files are still open after the stop");
    }
    if (clients.containsValue(agent)) {
      violated("a Kafka client is still open after the stop");
    }
    if (broker.producers().stream().anyMatch(producer -> producer.owner() == agent)) {
      violated("a producer is still open after the stop");
    }
    timers.entrySet().removeIf(timer -> timer.getValue() == agent && timer.getKey().isShut());
    if (timers.containsValue(agent)) {
      violated("a timer still runs after the stop");
    }
  }

  // ---- Faults

  void arm(Call call, Fault fault, int passing) {
    armed.add(new Armed(call, fault, passing));
  }

  void armCrash(String point, int passing) {
    crashPoint = point;
    crashPassing = passing;
  }

  void disarm() {
    armed.clear();
    crashPoint = "";
  }

  Fault fault(Call call) {
    count("call " + call);
    for (Armed next : armed) {
      if (next.call == call && next.passing-- == 0) {
        armed.remove(next);
        count("fault " + call + " " + next.fault);
        tell("  " + call + " " + next.fault.story);
        if (next.fault != Fault.OVERTAKEN) {
          troubled();
        }
        return next.fault;
      }
    }
    return null;
  }

  void reached(String point) {
    if (acting != null) {
      acting.checkAlive();
    }
    count("passed " + point);
    if (point.equals(crashPoint) && crashPassing-- == 0) {
      crashPoint = "";
      throw killed("at " + point);
    }
  }

  /** Whether the agent has said that it cannot keep its promises as it is configured. */
  boolean isReported() {
    return reported;
  }

  void troubled() {
    trouble = true;
  }

  void settled() {
    trouble = false;
    loose = false;
  }

  // ---- Lines put on a channel from which nobody answers for them

  private boolean loose;

  void loosen() {
    loose = true;
  }

  private boolean isLoose() {
    return loose || setup.sinks > 1;
  }

  /** The process ends, and with it what only a memory channel had. */
  void ending() {
    if (isLoose()) {
      undeliveredMayBeMissing();
    }
    stopped();
  }

  /** Components were stopped; what Kafka could not answer for in time they send again. */
  void stopped() {
    boolean slow = setup.nanosPerByte > 0;
    if (!setup.exactly && (trouble || slow || isIsolating())) {
      logs.allMayRepeat();
    }
  }

  /** Whether a refused record may not have been found yet; its neighbors are sent again. */
  private boolean isIsolating() {
    Predicate<Line> delivered = Promises.delivered(this);
    boolean described =
        logs.written().values().stream().filter(line -> line.poison).allMatch(delivered);
    refused = refused && !(givesLetters() && described && Promises.isComplete(this));
    return refused;
  }

  /** Whether what is given up is described on a topic, and not in the log alone. */
  boolean givesLetters() {
    return setup.invalidTopic && setup.maxLetterBytes >= 3_000;
  }

  private void undeliveredMayBeMissing() {
    Predicate<Line> delivered = Promises.delivered(this);
    logs.written().values().stream()
        .filter(delivered.negate())
        .forEach(line -> line.mayBeMissing = true);
  }

  // ---- What Kafka reports

  /** An agent wants to write this record. */
  void sending(ProducerRecord<byte[], byte[]> record, Agent agent) {
    if (isOwnerRecord(record)) {
      owners.put(new String(record.value(), UTF_8), agent);
    }
  }

  /** The broker takes a record from nobody. */
  void refused() {
    refused = true;
  }

  /** A record is in the log, without a transaction or within one that is open. */
  void written(Sent sent, boolean transactional, boolean answerLost) {
    String text =
        new String(sent.record().value() == null ? new byte[0] : sent.record().value(), UTF_8);
    if (!transactional) {
      inKafka.add(text);
    }
    if (answerLost && !transactional) {
      logs.mayRepeat(text);
      String hash = Promises.header(sent.record(), "sluice.sha256");
      logs.written().values().stream()
          .filter(line -> line.poison && Found.sha256(line.text).equals(hash))
          .forEach(line -> line.mayRepeat = true);
    }
  }

  /** A transaction has come to its end. */
  void ended(Transaction transaction) {
    count("transactions " + transaction.state);
    if (transaction.state != Topic.State.COMMITTED) {
      return;
    }
    for (List<Entry> partition : transaction.partitions) {
      for (Entry entry : partition) {
        if (entry.transaction == transaction && !entry.isMarker() && entry.record.value() != null) {
          inKafka.add(new String(entry.record.value(), UTF_8));
          if (isOwnerRecord(entry.record)) {
            owns(new String(entry.record.value(), UTF_8));
          }
        }
      }
    }
    Promises.checkTransaction(this, transaction);
    positions.committed(transaction);
  }

  private static boolean isOwnerRecord(ProducerRecord<byte[], byte[]> record) {
    return record.topic().equals(POSITIONS) && new String(record.key(), UTF_8).equals(DELIVERY_ID);
  }

  private void owns(String name) {
    boolean back = owned.contains(name) && owned.indexOf(name) < owned.size() - 1;
    if (back && knowing.contains(name)) {
      violated("a sink that another one had overtaken took the delivery id back");
    }
    owned.remove(name);
    owned.add(name);
  }

  /** The positions topic is gone, and with it whose turn it is. */
  void losePositions() {
    logs.allMayRepeat();
    positions.forget();
    owned.clear();
    ownersLost = true;
    knowing.clear();
    broker.delete(POSITIONS);
  }

  /** A commit was answered. */
  void knowsItCommitted(Agent agent) {
    if (newest() == agent) {
      knowing.add(owned.get(owned.size() - 1));
    }
  }

  /** What kind of life it was: everything remarkable that happened before the peace. */
  String signature(List<Step> steps) {
    var kinds = new java.util.TreeSet<String>();
    for (Step step : steps) {
      switch (step.kind()) {
        case APPEND, APPEND_MANY, SOURCE, SINK, SOURCE_AND_SINK, FAULT -> {}
        default -> kinds.add(step.kind().name());
      }
    }
    counts.keySet().stream()
        .filter(what -> what.startsWith("fault ") || what.startsWith("killed at"))
        .forEach(kinds::add);
    return String.join(", ", kinds);
  }

  /** How many different bodies have arrived. */
  int deliveredCount() {
    return inKafka.size();
  }

  // ---- Configuration

  Map<String, String> sourceKeys() {
    Map<String, String> keys = new HashMap<>();
    keys.put("paths", folder.resolve("*.log*").toString());
    keys.put("positionFile", positionFile().toString());
    keys.put("batchSize", Integer.toString(setup.sourceBatch));
    keys.put("partialLineTimeoutMillis", "0");
    keys.put("idleTimeout", "20000");
    return keys;
  }

  Map<String, String> sinkKeys(int number) {
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap.servers", "simulated:9092");
    keys.put("topics.raw", "raw" + number);
    keys.put("topics.valid", "valid" + number);
    if (setup.invalidTopic) {
      keys.put("topics.invalid", "invalid" + number);
    }
    keys.put("flumeBatchSize", Integer.toString(setup.sinkBatch));
    if (setup.exactly) {
      keys.put("guarantee", "exactly-once");
      keys.put("deliveryId", DELIVERY_ID);
    }
    keys.put("kafka.producer.compression.type", setup.compressed ? "lz4" : "none");
    if (setup.fixedPartition) {
      keys.put("defaultPartitionId", "0");
    }
    if (setup.stamped) {
      keys.put("timestampHeader", "time");
    }
    return keys;
  }
}
