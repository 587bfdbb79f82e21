package io.sluice.source;

import java.nio.file.Path;

/** One program's log in a random life. */
final class ModelLog {
  final String base;
  final String group;
  final String terminator;

  /** Whether the program writes where it last was, wherever the file ends. */
  final boolean seeks;

  /** Whether the program extends the file by NULs first. */
  final boolean preallocates;

  /** Where the log is; links may lead here. */
  Path path;

  /** What is there now, or null. */
  ModelFile file;

  /** What is missing of the last line, and the line. */
  String part = "";

  String partLine = "";
  long partNanos;
  int rotations;

  /** Whether the agent saw a file here when it last looked. */
  boolean known;

  ModelLog(String base, String group, String terminator, boolean seeks, boolean preallocates) {
    this.base = base;
    this.group = group;
    this.terminator = terminator;
    this.seeks = seeks;
    this.preallocates = preallocates;
  }

  String name() {
    return base + ".log";
  }
}
