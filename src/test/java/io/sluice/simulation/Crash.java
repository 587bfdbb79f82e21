package io.sluice.simulation;

/** The process is killed here. An error, so that no code of ours takes it for its own business. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String place) {
    super("killed " + place, null, false, false);
  }
}
