package io.sluice.source;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What may vary in a random life besides one plain log that is appended to and rotated. */
enum Dimension {
  /** {@code paths} name the logs, but not what they are rotated to. */
  OUT_OF_SIGHT,
  /** Logs are reached through links to files or folders, also chained, dangling, and switched. */
  LINKS,
  SEVERAL_LOGS,
  /** Each log has a file group with its own headers. */
  GROUPS,
  /** Short files of the same content. */
  EQUAL_CONTENTS,
  /** Every file begins with the same lines, longer than a fingerprint. */
  BANNERS,
  /** Lines of one length whose last 64 bytes are the same. */
  ALIKE_LINES,
  /** Rotated files are compressed: at once, slowly, never completely, under other names. */
  GZIP,
  /** Archives grow by members. */
  MEMBERS,
  /** Opening a file fails at times. */
  FAILING_OPENS,
  /** Opening a file takes a minute at times. */
  SLOW_OPENS,
  /** The folder of the logs is away at times, as a network file system. */
  FOLDER_AWAY,
  /** Names that are not text in any locale. */
  ODD_NAMES,
  /** The program does not open its log with O_APPEND: a truncation leaves a hole. */
  HOLES,
  /** The program extends its log by NULs and fills them in. */
  PREALLOCATED,
  /** The end of a line is not waited for forever. */
  PARTIAL_TIMEOUTS,
  MULTILINE,
  /** Lines end with CR LF, and some are exactly as long as a line may be. */
  CRLF_AT_THE_BOUND,
  START_AT_END,
  OLD_FILES,
  /** Hundreds of files come and go at once. */
  MANY_DELETIONS,
  /** Device numbers change while the agent is down. */
  DEVICES,
  /** A log is replaced by a longer version of itself. */
  REPLACED,
  /** A log is copied, and its original deleted at once: a move to another file system and back. */
  MOVED,
  /** The position file is in the folder of the logs. */
  POSITIONS_INSIDE;

  /** One in so many of the dimensions is part of a life. */
  private static final int SHARE = 6;

  /** A few of {@code from}, the same for the same state of {@code random}. */
  static Set<Dimension> some(Set<Dimension> from, Random random) {
    var some = EnumSet.noneOf(Dimension.class);
    for (Dimension dimension : values()) {
      if (random.nextInt(SHARE) == 0 && from.contains(dimension)) {
        some.add(dimension);
      }
    }
    return some;
  }

  /** {@code wanted} without those that do not go with others. */
  static Set<Dimension> consistent(Set<Dimension> wanted) {
    var consistent = EnumSet.noneOf(Dimension.class);
    consistent.addAll(wanted);
    if (consistent.contains(MULTILINE)) {
      consistent.removeAll(EnumSet.of(PARTIAL_TIMEOUTS, CRLF_AT_THE_BOUND, ALIKE_LINES));
    }
    if (consistent.contains(ALIKE_LINES) || consistent.contains(BANNERS)) {
      consistent.remove(CRLF_AT_THE_BOUND);
    }
    if (consistent.contains(START_AT_END)) {
      consistent.remove(MULTILINE); // What is left out is told by its lines.
    }
    if (consistent.contains(FOLDER_AWAY)) {
      consistent.removeAll(EnumSet.of(POSITIONS_INSIDE, START_AT_END));
    }
    if (consistent.contains(BANNERS)) {
      consistent.remove(ALIKE_LINES); // Neither head nor anchor would tell two files apart.
    }
    if (consistent.contains(PREALLOCATED)) {
      consistent.remove(HOLES);
    }
    return consistent;
  }
}
