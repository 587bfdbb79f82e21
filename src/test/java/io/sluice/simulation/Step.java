package io.sluice.simulation;

/** One step of a life. What it does in detail follows from its own seed and the state it finds. */
record Step(Kind kind, long seed) {
  /** What can happen, and how often it does, compared with the rest. */
  enum Kind {
    APPEND(14),
    APPEND_MANY(1),
    APPEND_PART(2),
    APPEND_LONG(1),
    APPEND_BADLY_STAMPED(1),
    APPEND_LATE(1),
    RENAME(2),
    COPYTRUNCATE(1),
    TRUNCATE(1),
    DELETE(1),
    SOURCE(12),
    SINK(12),
    SOURCE_AND_SINK(6),
    NETWORK(2),
    WAIT(4),
    WAIT_LONG(1),
    SET_CLOCK(1),
    RULES(1),
    MESSAGES(2),
    ANSWERS(2),
    RELOAD(2),
    RELOAD_WITHOUT_SINK(1),
    STOP(2),
    CRASH(2),
    START(4),
    SECOND_AGENT(2),
    FAULT(10),
    OUTAGE(1),
    DENY(1),
    ALLOW(1),
    COMPACT(1),
    LOSE_POSITIONS(1);

    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }
}
