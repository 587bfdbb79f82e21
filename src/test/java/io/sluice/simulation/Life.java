package io.sluice.simulation;

import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Receipt;
import io.sluice.simulation.Call.Fault;
import io.sluice.simulation.Step.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One life: steps that happen in a world, then peace, then the reckoning. */
final class Life {
  private static final int STEPS = 50;
  private static final int STEPS_A_ROUND = 6;

  /** After so many rounds in which nothing new was delivered it never will be. */
  private static final int PATIENCE = 10;

  private static final int CALM_ROUNDS = 3;

  /** After so many the sink gives the producer up. */
  private static final int COMMIT_ATTEMPTS = 6;

  private final World world;
  private final Setup setup;

  private Life(World world) {
    this.world = world;
    this.setup = world.setup();
  }

  /** The steps that follow from a seed. */
  static List<Step> steps(long seed) {
    var random = new Random(seed ^ 0x5DEECE66DL);
    int sum = 0;
    for (Kind kind : Kind.values()) {
      sum += kind.weight;
    }
    List<Step> steps = new ArrayList<>();
    int length = STEPS / 2 + random.nextInt(STEPS);
    for (int i = 0; i < length; i++) {
      int choice = random.nextInt(sum);
      for (Kind kind : Kind.values()) {
        choice -= kind.weight;
        if (choice < 0) {
          steps.add(new Step(kind, random.nextLong()));
          break;
        }
      }
    }
    return steps;
  }

  /** Lives it; what the world was like in the end. */
  static World live(long seed, Setup setup, List<Step> steps, Path folder, String prefix) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var world = new World(setup, folder, prefix, seed);
    new Life(world).live(steps);
    return world;
  }

  private void live(List<Step> steps) {
    world.tell(setup.story());
    Rules.write(world, 0);
    start(false, true);
    for (Step step : steps) {
      world.count("step " + step.kind());
      take(step, new Random(step.seed()));
      if (!world.violations().isEmpty()) {
        return;
      }
    }
    peace();
    if (world.violations().isEmpty()) {
      Promises.check(world); // before the stop, which may excuse what only a channel has
    }
    stop(alive());
  }

  private void take(Step step, Random random) {
    Agent agent = anyAgent(random);
    switch (step.kind()) {
      case APPEND -> world.logs().append(random, 1 + random.nextInt(6));
      case APPEND_MANY -> world.logs().append(random, 30);
      case APPEND_PART -> world.logs().appendPart(random);
      case APPEND_LONG -> world.logs().appendLong(random, 5_000, setup.maxMessageBytes < 5_000);
      case APPEND_BADLY_STAMPED -> world.logs().appendBadlyStamped(random);
      case APPEND_LATE -> world.logs().appendLate(random);
      case RENAME -> world.logs().rename();
      case COPYTRUNCATE ->
          world.logs().copytruncate(random.nextBoolean() ? () -> source(agent) : () -> {});
      case TRUNCATE -> world.logs().truncate();
      case DELETE -> world.logs().delete(random);
      case SOURCE -> source(agent);
      case SINK -> sink(agent);
      case SOURCE_AND_SINK -> {
        int rounds = 1 + random.nextInt(4);
        for (int i = 0; i < rounds && agent != null && !agent.isDead(); i++) {
          source(agent);
          sink(agent);
        }
      }
      case NETWORK -> {
        world.tell("the network runs");
        world.broker().transmit();
      }
      case WAIT -> wait(1 + random.nextInt(10));
      case WAIT_LONG -> wait(60 + random.nextInt(7_200));
      case SET_CLOCK -> {
        long skew = (random.nextInt(5) - 2) * 5_400_000L;
        world.tell("the agent's clock is " + skew / 60_000 + " minutes ahead");
        world.clock().skew(skew);
        if (skew > 0) {
          world.troubled(); // Kafka refuses records of the future
        }
      }
      case RULES -> {
        int number = random.nextInt(3);
        world.tell("new rules");
        Rules.write(world, number);
      }
      case MESSAGES -> messages(agent, random);
      case ANSWERS -> answers(agent);
      case RELOAD -> reload(agent, true);
      case RELOAD_WITHOUT_SINK -> {
        if (!setup.exactly) {
          reload(agent, false);
        }
      }
      case STOP -> stop(agent);
      case CRASH -> crash(agent);
      case START -> {
        if (world.first() == null) {
          start(false, true);
        }
      }
      case SECOND_AGENT -> {
        if (setup.exactly && world.second() == null) {
          if (random.nextInt(3) > 0) {
            start(true, true);
          } else {
            world.arm(Call.INIT, Fault.OVERTAKEN, 0); // it starts in the middle of that
          }
        }
      }
      case FAULT -> fault(random);
      case OUTAGE -> {
        int seconds = 1 + random.nextInt(random.nextInt(5) == 0 ? 600 : 20);
        world.tell("no broker answers for " + seconds + " s");
        world.troubled();
        world.broker().leave(seconds * 1_000_000_000L);
      }
      case DENY -> {
        String topic = List.of("raw0", "valid0", "invalid0").get(random.nextInt(3));
        world.tell("the right to write to " + topic + " is taken away");
        world.broker().topic(topic).denied = true;
        world.troubled();
      }
      case ALLOW -> allow();
      case COMPACT -> compact();
      case LOSE_POSITIONS -> {
        if (world.broker().topic(World.POSITIONS) != null) {
          world.tell("an operator deletes the positions topic");
          world.losePositions();
        }
      }
    }
  }

  private Agent anyAgent(Random random) {
    boolean other = random.nextInt(3) == 0;
    if (world.first() == null || (other && world.second() != null)) {
      return world.second();
    }
    return world.first();
  }

  // ---- What agents do

  private void start(boolean second, boolean withSink) {
    var agent = new Agent(world, second ? "b" : "a");
    if (second) {
      world.setSecond(agent);
    } else {
      world.setFirst(agent);
    }
    world.tell("agent " + agent.name() + " starts");
    act(agent, () -> agent.start(withSink));
  }

  private void act(Agent agent, Runnable action) {
    boolean alive = world.act(agent, action);
    if (!alive) {
      world.bury(agent);
      Thread.interrupted();
    } else if (Thread.interrupted()) {
      // Flume ends the runner, then stops everything.
      world.tell("  and agent " + agent.name() + " is stopped");
      finish(agent);
    }
  }

  private void source(Agent agent) {
    if (agent != null && !agent.isDead()) {
      world.tell("agent " + agent.name() + "'s source takes a step");
      act(agent, agent::sourceStep);
    }
  }

  private void sink(Agent agent) {
    if (agent != null && !agent.isDead() && agent.hasSink()) {
      world.tell("agent " + agent.name() + "'s sink takes a step");
      act(agent, agent::sinkStep);
    }
  }

  private void stop(Agent agent) {
    if (agent != null) {
      world.tell("agent " + agent.name() + " stops");
      finish(agent);
    }
  }

  private void finish(Agent agent) {
    boolean alive = world.act(agent, agent::stop);
    Thread.interrupted();
    if (alive) {
      world.ending();
      world.checkNothingLeft(agent);
    }
    world.bury(agent, alive);
  }

  private void crash(Agent agent) {
    if (agent != null) {
      world.tell("agent " + agent.name() + " is killed");
      world.count("killed between steps");
      world.bury(agent);
    }
  }

  /** Flume stops all components and starts new ones on the same channels. */
  private void reload(Agent agent, boolean withSink) {
    if (agent == null) {
      return;
    }
    world.tell(
        "agent "
            + agent.name()
            + " is reconfigured"
            + (withSink ? "" : ", with a slip in the sink"));
    boolean alive = world.act(agent, agent::stop);
    Thread.interrupted();
    if (!alive) {
      world.bury(agent);
      return;
    }
    world.stopped();
    if (world.isOvertaken(agent)) {
      world.logs().goneMayRepeat(); // it takes the id back, and the other may have shipped them
      world.positions().forget();
    }
    world.checkNothingLeft(agent);
    if (!withSink) {
      world.loosen();
    }
    act(agent, () -> agent.start(withSink));
  }

  private void wait(int seconds) {
    world.tell(seconds + " s pass");
    world.pass(seconds * 1_000_000_000L);
  }

  // ---- Messages over HTTP

  private void messages(Agent agent, Random random) {
    if (agent == null || setup.sinks > 1 || setup.replacing || !agent.hasSink()) {
      return;
    }
    List<Line> messages = new ArrayList<>();
    int count = Math.min(1 + random.nextInt(3), setup.transactionCapacity);
    for (int i = 0; i < count; i++) {
      messages.add(world.logs().message(random));
    }
    boolean[] taken = new boolean[1];
    act(agent, () -> taken[0] = agent.put(messages));
    world.tell(count + " messages come over HTTP" + (taken[0] ? "" : ", and are answered 503"));
  }

  /** Some senders get their answers, others have waited long enough. */
  private void answers(Agent agent) {
    if (agent == null) {
      return;
    }
    for (Agent.Waiting request : List.copyOf(agent.waiting())) {
      try {
        Receipt.Outcome outcome = request.receipt().await(Duration.ZERO);
        world.tell("the sender of " + request.messages().size() + " messages gets: " + outcome);
        if (outcome == Receipt.Outcome.DELIVERED) {
          for (Line message : request.messages()) {
            message.mustBeThere = true;
            if (!Promises.delivered(world).test(message)) {
              world.violated("answered 200 before Kafka had " + Promises.name(message));
            }
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    agent.waiting().clear();
  }

  // ---- What goes wrong

  private void fault(Random random) {
    if (random.nextInt(4) == 0) {
      CrashPoint[] points = CrashPoint.values();
      CrashPoint point = points[random.nextInt(points.length)];
      int passing = random.nextInt(3);
      world.armCrash(point.name(), passing);
      return;
    }
    Call call =
        random.nextInt(4) == 0
            ? Call.COMMIT // on its outcome most depends
            : Call.values()[random.nextInt(Call.values().length)];
    Fault fault = call.faults().get(random.nextInt(call.faults().size()));
    int passing = random.nextInt(random.nextBoolean() ? 2 : 8);
    world.arm(call, fault, passing);
    boolean unanswered = List.of(Fault.ANSWER_LOST, Fault.LATE, Fault.TIMED_OUT).contains(fault);
    if (unanswered && random.nextBoolean()) {
      for (int i = 1; i < COMMIT_ATTEMPTS; i++) {
        world.arm(call, Fault.TIMED_OUT, passing); // nor are the questions that follow answered
      }
    }
  }

  private void allow() {
    for (Topic topic : world.broker().topics()) {
      if (topic.denied) {
        world.tell("the right to write to " + topic.name + " is given back");
        topic.denied = false;
      }
    }
  }

  private void compact() {
    Topic positions = world.broker().topic(World.POSITIONS);
    if (positions == null) {
      return;
    }
    if (positions.isCompacted()) {
      world.tell("the positions topic is compacted");
      positions.compact();
    } else {
      world.tell("the positions topic's retention is over");
      if (positions.unseen) {
        world.logs().allMayRepeat(); // docs/security.md: without the right it cannot be known
      }
      world.positions().forget();
      positions.partitions.forEach(log -> log.forEach(entry -> entry.compacted = true));
    }
  }

  // ---- Peace

  /** All is well again: everything must arrive, in a bounded number of steps. */
  private void peace() {
    world.tell("peace");
    world.disarm();
    world.logs().finishPart();
    world.broker().comeBack();
    allow();
    world.clock().skew(0);
    Topic positions = world.broker().topic(World.POSITIONS);
    if (positions != null) {
      positions.settings.put("cleanup.policy", "compact"); // as the agent has asked
    }
    keepOne();
    int calm = 0;
    int left = PATIENCE;
    int before = world.deliveredCount();
    while (left-- > 0 && calm < CALM_ROUNDS) {
      Agent agent = alive();
      if (!agent.hasSink()) {
        reload(agent, true);
      }
      for (int j = 0; j < STEPS_A_ROUND; j++) {
        world.act(agent, agent::sourceStep);
        world.act(agent, agent::sinkStep);
      }
      answers(agent);
      world.pass(6_000_000_000L);
      world.broker().transmit();
      int now = world.deliveredCount();
      left = now > before ? PATIENCE : left;
      before = now;
      if (Promises.isComplete(world)) {
        calm++;
        world.logs().seen();
      }
      if (calm == 2) {
        world.settled();
        reload(agent, true);
      }
    }
  }

  /** Of two agents with one delivery id only the newer one goes on. */
  private void keepOne() {
    if (world.first() != null && world.second() != null) {
      stop(world.newest() == world.second() ? world.first() : world.second());
    }
    Agent left = world.first() == null ? world.second() : world.first();
    if (left != null && world.isOvertaken(left)) {
      stop(left);
      left = null;
    }
    if (left == null) {
      start(false, true);
    }
  }

  private Agent alive() {
    return world.first() == null ? world.second() : world.first();
  }
}
