package io.sluice.simulation;

import java.util.List;

/** What an agent asks of Kafka, and what may happen to it. */
enum Call {
  ADMIN(Fault.FAILED, Fault.TIMED_OUT, Fault.OVERTAKEN, Fault.KILLED_BEFORE),
  METADATA(Fault.FAILED, Fault.TIMED_OUT, Fault.DENIED, Fault.FENCED, Fault.KILLED_BEFORE),
  INIT(
      Fault.FAILED,
      Fault.TIMED_OUT,
      Fault.ANSWER_LOST,
      Fault.OVERTAKEN,
      Fault.INTERRUPTED,
      Fault.KILLED_BEFORE,
      Fault.KILLED_AFTER),
  PRODUCE(
      Fault.FAILED,
      Fault.TIMED_OUT,
      Fault.ANSWER_LOST,
      Fault.DENIED,
      Fault.FENCED,
      Fault.KILLED_BEFORE,
      Fault.KILLED_AFTER),
  FLUSH(Fault.FENCED, Fault.OVERTAKEN, Fault.INTERRUPTED, Fault.KILLED_BEFORE),
  COMMIT(
      Fault.FAILED,
      Fault.TIMED_OUT,
      Fault.ANSWER_LOST,
      Fault.LATE,
      Fault.FENCED,
      Fault.OVERTAKEN,
      Fault.INTERRUPTED,
      Fault.KILLED_BEFORE,
      Fault.KILLED_AFTER),
  ABORT(
      Fault.FAILED,
      Fault.TIMED_OUT,
      Fault.ANSWER_LOST,
      Fault.FENCED,
      Fault.INTERRUPTED,
      Fault.KILLED_BEFORE,
      Fault.KILLED_AFTER),
  READ(Fault.FAILED, Fault.TIMED_OUT, Fault.OVERTAKEN, Fault.INTERRUPTED, Fault.KILLED_BEFORE);

  private final List<Fault> faults;

  Call(Fault... faults) {
    this.faults = List.of(faults);
  }

  /** What can go wrong with it. */
  List<Fault> faults() {
    return faults;
  }

  /** How a call can go wrong. */
  enum Fault {
    /** An error, and nothing is done. */
    FAILED("fails"),
    /** No answer in time, and nothing is done. */
    TIMED_OUT("times out, not done"),
    /** Done, but the answer never comes. */
    ANSWER_LOST("is done, but times out"),
    /** No answer in time; the request is still on its way, and is done later. */
    LATE("times out, and is done later"),
    /** The agent is not allowed to. */
    DENIED("is denied"),
    /** The coordinator has given the transaction to somebody else, as after a pause. */
    FENCED("finds its transaction timed out"),
    /** Another agent has a turn in the middle of the call. */
    OVERTAKEN("is overtaken by the other agent"),
    /** The agent is asked to stop while it waits. */
    INTERRUPTED("is interrupted by a stop"),
    /** The agent is killed before the request leaves it. */
    KILLED_BEFORE("kills the agent before"),
    /** The agent is killed before it learns the answer. */
    KILLED_AFTER("kills the agent after");

    final String story;

    Fault(String story) {
      this.story = story;
    }
  }
}
