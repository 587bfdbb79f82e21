package io.sluice.source.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.config.DropIn;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.source.LogFileSource;
import io.sluice.source.config.LineRules.Format;
import io.sluice.source.config.LineRules.LongLines;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key of {@link LogFileSource}, declared once. */
public final class SourceSettings {
  public static final Setting<List<String>> PATHS =
      Setting.of("paths", "a list of paths or globs", SourceSettings::splitPaths)
          .doc(
              "Files to read: paths or globs, separated by spaces or commas. ** matches any"
                  + " number of directories.");
  static final Setting<List<String>> FILE_GROUPS =
      Setting.list("filegroups")
          .doc("Names of file groups, as in TAILDIR; each needs a filegroups.<name>.");
  public static final Setting<String> FILE_GROUP =
      Setting.prefix("filegroups.")
          .doc(
              "A directory, and behind its last slash a regular expression for the file's name. One"
                  + " that is not absolute is taken from the agent's working directory.");
  static final Setting<List<String>> EXCLUDE =
      Setting.of("exclude", "a list of globs", SourceSettings::splitPaths)
          .doc("Globs of files to leave out. One without a slash is compared with the name alone.");
  public static final Setting<Boolean> INCLUDE_HIDDEN =
      Setting.bool("includeHidden")
          .defaultsTo(false)
          .doc("Whether names that start with a dot count, although no pattern spells the dot.");
  public static final Setting<Boolean> FOLLOW_LINKS =
      Setting.bool("followLinks")
          .defaultsTo(true)
          .doc(
              "Whether symbolic links below the pattern's own folder lead to files. Not, where"
                  + " others may write to the folder: they could have any file shipped that the"
                  + " agent may read.");
  static final Setting<StartAt> START_AT =
      Setting.choice("startAt", StartAt.class)
          .defaultsTo(StartAt.BEGINNING)
          .doc(
              "Where to start in files that are there at the first start and have no position. At"
                  + " the end, a line that is just being written is left out.");
  static final Setting<Boolean> SKIP_TO_END =
      Setting.bool("skipToEnd").doc("TAILDIR's name for startAt: true is end, false beginning.");
  public static final Setting<Integer> BATCH_SIZE =
      Setting.integer("batchSize")
          .nearestBetween(1, 100_000)
          .defaultsTo(1_000)
          .unit("events")
          .doc(
              "Most events put on the channel in one transaction. Never more than the channel's"
                  + " transactionCapacity are.");
  static final Setting<Long> MAX_BATCH_COUNT =
      Setting.longInteger("maxBatchCount")
          .unit("batches")
          .doc(
              "Most batches read from one file before it is the next one's turn; without it there"
                  + " is no limit.");
  static final Setting<String> POSITION_FILE =
      Setting.string("positionFile")
          .doc(
              "Where positions are kept; ~/.flume/sluice/<source name>.positions.json if not given."
                  + " A position file of TAILDIR is imported once. Not used under exactly-once.");
  static final Setting<Duration> WRITE_POS_INTERVAL =
      Setting.millis("writePosInterval")
          .nearestBetween(1, Long.MAX_VALUE)
          .defaultsTo(Duration.ofSeconds(3))
          .unit("ms")
          .doc("How often changed positions are written.");
  static final Setting<Duration> SCAN_INTERVAL =
      Setting.millis("scanIntervalMillis")
          .between(1, 3_600_000)
          .defaultsTo(Duration.ofSeconds(1))
          .unit("ms")
          .doc(
              "How often files are looked for beside the kernel's notifications. Stretched by"
                  + " itself where looking takes long, so that it stays cheap.");
  static final Setting<Duration> IDLE_TIMEOUT =
      Setting.millis("idleTimeout")
          .nearestBetween(0, Long.MAX_VALUE)
          .defaultsTo(Duration.ofMinutes(2))
          .unit("ms")
          .doc("A file that has not grown for so long is closed until it grows again.");
  static final Setting<Duration> IGNORE_OLDER_THAN =
      Setting.millis("ignoreOlderThan")
          .atLeast(0)
          .defaultsTo(Duration.ZERO)
          .unit("ms")
          .doc(
              "Files without a position that were last written longer ago are left out; 0 takes"
                  + " all.");
  static final Setting<Integer> MAX_LINE_BYTES =
      Setting.integer("maxLineBytes")
          .between(64, 64 << 20)
          .defaultsTo(1_000_000)
          .unit("bytes")
          .doc(
              "Longest body of an event; a longer line is cut, reported and counted. Where only"
                  + " TAILDIR's keys are given the default is a sixteenth of the heap, at least"
                  + " this and at most 64 MiB, so that nothing is cut that a topic would take.");
  static final Setting<LongLines> LONG_LINES =
      Setting.choice("longLines", LongLines.class)
          .defaultsTo(LongLines.INVALID)
          .doc(
              "What becomes of a longer line: truncate cuts it, split makes several events of it,"
                  + " invalid cuts it and sends it to the invalid topic with the reason TOO_LONG.");
  static final Setting<Duration> PARTIAL_LINE_TIMEOUT =
      Setting.millis("partialLineTimeoutMillis")
          .atLeast(0)
          .defaultsTo(Duration.ofMinutes(2))
          .unit("ms")
          .doc(
              "A last line without a line feed is shipped, with its event if that has several"
                  + " lines, when the file has not grown for that long; 0 waits for the line feed"
                  + " forever.");
  static final Setting<Pattern> MULTILINE_START =
      Setting.of("multiline.start", "an RE2 regular expression", SourceSettings::pattern)
          .doc(
              "An event begins with a line that matches this, and holds all lines up to the next"
                  + " such line. Without it each line is an event.");
  static final Setting<Duration> MULTILINE_TIMEOUT =
      Setting.millis("multiline.timeoutMillis")
          .atLeast(1)
          .defaultsTo(Duration.ofSeconds(1))
          .unit("ms")
          .doc("An event of several lines is shipped when the file has not grown for so long.");
  static final Setting<Integer> MULTILINE_MAX_LINES =
      Setting.integer("multiline.maxLines")
          .between(1, 100_000)
          .defaultsTo(1_000)
          .unit("lines")
          .doc("Most lines of one event.");
  static final Setting<Charset> CHARSET =
      Setting.of("charset", "a character set that Java knows", SourceSettings::charset)
          .doc(
              "What the files are written in; bodies become UTF-8, a byte order mark is left out,"
                  + " and what cannot be decoded is replaced and counted. Without it bodies are the"
                  + " files' bytes.");
  static final Setting<Format> FORMAT =
      Setting.choice("format", Format.class)
          .defaultsTo(Format.LINES)
          .doc(
              "What a line of a file is: lines is the event itself; cri is a line of a Kubernetes"
                  + " container log, docker-json one of Docker's json-file log. Of these the event"
                  + " is the text, joined from its pieces, and the headers stream and time hold the"
                  + " rest.");
  static final Setting<Compressed> COMPRESSED =
      Setting.choice("compressed", Compressed.class)
          .defaultsTo(Compressed.READ)
          .doc(
              "Files compressed by gzip, bzip2, xz or zstd, which are known by their first bytes"
                  + " under any name: read reads the lines inside, unless they were shipped before"
                  + " the file was compressed; skip leaves out *.gz, *.bz2, *.xz and *.zst; as-is"
                  + " takes all as any file.");
  static final Setting<Boolean> FILE_HEADER =
      Setting.bool("fileHeader")
          .defaultsTo(false)
          .doc("Whether each event has a header with the file's absolute path.");
  static final Setting<String> FILE_HEADER_KEY =
      Setting.string("fileHeaderKey").defaultsTo("file").doc("Name of that header.");
  static final Setting<Boolean> BYTE_OFFSET_HEADER =
      Setting.bool("byteOffsetHeader")
          .defaultsTo(false)
          .doc("Whether the header byteoffset holds the offset at which the line starts.");
  static final Setting<Boolean> HOST_HEADER =
      Setting.bool("hostHeader")
          .defaultsTo(false)
          .doc("Whether the header host holds this machine's name.");
  static final Setting<Boolean> INODE_HEADER =
      Setting.bool("inodeHeader")
          .defaultsTo(false)
          .doc("Whether the header inode holds the file's inode number.");
  static final Setting<String> HEADERS =
      Setting.prefix("headers.")
          .doc(
              "headers.<group>.<name> = <value> adds a header to a file group's events; the group"
                  + " of all paths is called paths.");
  static final Setting<Boolean> CACHE_PATTERN_MATCHING =
      Setting.bool("cachePatternMatching")
          .defaultsTo(true)
          .doc("Accepted for TAILDIR's sake; either way new files are found at once.");
  static final Setting<Duration> BACKOFF_SLEEP_INCREMENT =
      Setting.millis("backoffSleepIncrement")
          .nearestBetween(0, Long.MAX_VALUE)
          .defaultsTo(Duration.ofSeconds(1))
          .unit("ms")
          .doc("By how much Flume waits longer after each failure in a row.");
  static final Setting<Duration> MAX_BACKOFF_SLEEP =
      Setting.millis("maxBackoffSleep")
          .nearestBetween(0, Long.MAX_VALUE)
          .defaultsTo(Duration.ofSeconds(5))
          .unit("ms")
          .doc("How long Flume waits at most after a failure.");

  /** What Flume's TAILDIR has too. */
  private static final DropIn TAILDIR =
      new DropIn(
          "TAILDIR",
          List.of(
              FILE_GROUPS,
              FILE_GROUP,
              SKIP_TO_END,
              BATCH_SIZE,
              MAX_BATCH_COUNT,
              POSITION_FILE,
              WRITE_POS_INTERVAL,
              IDLE_TIMEOUT,
              FILE_HEADER,
              FILE_HEADER_KEY,
              BYTE_OFFSET_HEADER,
              HEADERS,
              CACHE_PATTERN_MATCHING,
              BACKOFF_SLEEP_INCREMENT,
              MAX_BACKOFF_SLEEP),
          Map.of());

  public static final Settings ALL =
      Settings.of(
              "LogFileSource",
              PATHS,
              FILE_GROUPS,
              FILE_GROUP,
              EXCLUDE,
              INCLUDE_HIDDEN,
              FOLLOW_LINKS,
              START_AT,
              SKIP_TO_END,
              BATCH_SIZE,
              MAX_BATCH_COUNT,
              POSITION_FILE,
              WRITE_POS_INTERVAL,
              SCAN_INTERVAL,
              IDLE_TIMEOUT,
              IGNORE_OLDER_THAN,
              MAX_LINE_BYTES,
              LONG_LINES,
              PARTIAL_LINE_TIMEOUT,
              MULTILINE_START,
              MULTILINE_TIMEOUT,
              MULTILINE_MAX_LINES,
              CHARSET,
              FORMAT,
              COMPRESSED,
              FILE_HEADER,
              FILE_HEADER_KEY,
              BYTE_OFFSET_HEADER,
              HOST_HEADER,
              INODE_HEADER,
              HEADERS,
              CACHE_PATTERN_MATCHING,
              BACKOFF_SLEEP_INCREMENT,
              MAX_BACKOFF_SLEEP)
          .beside("type", "channels", "selector", "interceptors")
          .inPlaceOf(TAILDIR);

  private SourceSettings() {}

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription(), e);
    }
  }

  private static Charset charset(String name) {
    Charset charset = Charset.forName(name);
    if (LineFeedEncoding.of(charset).isEmpty()) {
      throw new IllegalArgumentException("its line feed cannot be told from other characters");
    }
    return charset;
  }

  /** What becomes of compressed files. */
  public enum Compressed {
    READ,
    SKIP,
    AS_IS
  }

  /** Where to start in a file that nothing is known of. */
  public enum StartAt {
    BEGINNING,
    END
  }

  /** Splits at spaces and commas, but not inside braces: {@code *.{log,txt}} is one glob. */
  static List<String> splitPaths(String text) {
    var paths = new ArrayList<String>();
    var path = new StringBuilder();
    int depth = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      boolean separator = Character.isWhitespace(c) || (c == ',' && depth == 0);
      if (i == text.length() || separator) {
        if (!path.isEmpty()) {
          paths.add(path.toString());
        }
        path.setLength(0);
        continue;
      }
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
      path.append(c);
    }
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("it names no file");
    }
    return List.copyOf(paths);
  }
}
