package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.LogFileSource;
import io.sluice.suite.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.lifecycle.LifecycleState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Flume's own tests hold TAILDIR, its reader and its matcher to, held against {@link
 * LogFileSource} through a real memory channel. Where it is meant to differ, the test says so, and
 * so does {@code docs/migrating.md}.
 */
final class TaildirContractIT {
  /** How often the source is called before it is asked what came, as Flume's own runner does. */
  private static final int TURNS = 10;

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private MemoryChannel channel;
  private LogFileSource source;

  @BeforeEach
  void configureAsForTaildir() {
    settings.put("positionFile", folder.resolve("state/positions.json").toString());
    settings.put("scanIntervalMillis", "5"); // or each turn without lines would take a second
    settings.put("filegroups", "g");
    settings.put("filegroups.g", folder.resolve("logs/file.*").toString());
  }

  @AfterEach
  void stop() {
    if (source != null && source.getLifecycleState() == LifecycleState.START) {
      source.stop();
    }
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve("logs").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void start() {
    channel = new MemoryChannel();
    channel.setName("c");
    channel.configure(
        new Context(Map.of("capacity", "10000", "transactionCapacity", "5000", "keep-alive", "0")));
    channel.start();
    source = new LogFileSource();
    source.setName("s");
    source.configure(new Context(settings));
    var selector = new ReplicatingChannelSelector();
    selector.setChannels(List.<Channel>of(channel));
    source.setChannelProcessor(new ChannelProcessor(selector));
    source.start();
  }

  /** What comes until {@code count} events or more are there, however slow that is. */
  private List<Event> read(int count) {
    var events = new ArrayList<Event>();
    Patience.await(count + " events")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              for (int i = 0; i < TURNS; i++) {
                source.process();
                take(events);
              }
              return events.size() >= count;
            });
    return events;
  }

  private List<Event> readNothing() {
    return read(0);
  }

  private void take(List<Event> events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event = channel.take(); event != null; event = channel.take()) {
      events.add(event);
    }
    transaction.commit();
    transaction.close();
  }

  private static List<String> bodies(List<Event> events) {
    return events.stream()
        .map(event -> new String(event.getBody(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void theNameIsMatchedWholeByTheExpressionOfItsGroup() throws Exception {
    for (String name :
        List.of("a.log", "a.log.1", "b.log", "c.log.yyyy-MM-01", "c.log.yyyy-MM-02")) {
      file(name, name + "\n");
    }
    settings.put("filegroups", "ab c");
    settings.put("filegroups.ab", folder.resolve("logs") + "/[ab].log");
    settings.put("filegroups.c", folder.resolve("logs") + "/c.log.*");
    start();

    assertThat(bodies(read(4)))
        .containsExactlyInAnyOrder("a.log", "b.log", "c.log.yyyy-MM-01", "c.log.yyyy-MM-02");
  }

  @Test
  void eachGroupHasItsHeaders() throws Exception {
    file("file1", "1\n");
    file("file2", "2\n");
    file("file3", "3\n");
    settings.put("filegroups", "f1 f2 f3");
    for (int i = 1; i <= 3; i++) {
      settings.put("filegroups.f" + i, folder.resolve("logs") + "/file" + i + "$");
    }
    settings.put("headers.f1.key", "value1");
    settings.put("headers.f2.key", "value2");
    settings.put("headers.f2.other", "value2-2");
    start();

    var headers = new HashMap<String, Map<String, String>>();
    read(3)
        .forEach(
            event ->
                headers.put(
                    new String(event.getBody(), StandardCharsets.UTF_8), event.getHeaders()));
    assertThat(headers)
        .containsEntry("1", Map.of("key", "value1"))
        .containsEntry("2", Map.of("key", "value2", "other", "value2-2"))
        .containsEntry("3", Map.of());
  }

  @Test
  void itStartsAndStopsAgainAndAgain() throws Exception {
    file("file1", "1\n");
    start();
    for (int i = 0; i < 3; i++) {
      source.start();
      source.process();
      assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.START);
      source.stop();
      assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }
  }

  @Test
  void theFileWrittenLongestAgoIsReadFirst() throws Exception {
    long now = System.currentTimeMillis();
    List<String> byAge = List.of("file2", "file4", "file1", "file3");
    for (String name : byAge) {
      Path file = file(name, name + " a\n" + name + " b\n");
      Files.setLastModifiedTime(
          file, FileTime.fromMillis(now - 60_000 + 5_000L * byAge.indexOf(name)));
    }
    start();

    assertThat(bodies(read(8)))
        .containsExactlyElementsOf(
            byAge.stream().flatMap(name -> List.of(name + " a", name + " b").stream()).toList());
  }

  @Test
  void theFilesPathIsAHeaderUnderTheNameAskedFor() throws Exception {
    Path file = file("file1", "1\n");
    settings.put("fileHeader", "True");
    settings.put("fileHeaderKey", "path");
    start();

    assertThat(read(1).get(0).getHeaders()).isEqualTo(Map.of("path", file.toString()));
  }

  @Test
  void theLinesOffsetIsAHeaderIfAskedFor() throws Exception {
    file("file1", "first\nsecond\r\nthird\n");
    settings.put("byteOffsetHeader", "true");
    start();

    assertThat(read(3))
        .extracting(event -> event.getHeaders().get("byteoffset"))
        .containsExactly("0", "6", "14");
  }

  @Test
  void linesAppendedLaterAreReadOnce() throws Exception {
    file("file1", "1 a\n1 b\n");
    file("file2", "2 a\n");
    start();
    assertThat(bodies(read(3))).containsExactlyInAnyOrder("1 a", "1 b", "2 a");

    file("file2", "2 b\n2 c\n");

    assertThat(bodies(read(2))).containsExactly("2 b", "2 c");
    assertThat(readNothing()).isEmpty();
  }

  @Test
  void anEmptyFolderAnEmptyFileAndAFileThatGoesAreNothingSpecial() throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    start();
    assertThat(readNothing()).isEmpty();

    Path gone = file("file1", "1\n");
    file("file2", "");
    assertThat(bodies(read(1))).containsExactly("1");
    Files.delete(gone);

    assertThat(readNothing()).isEmpty();
  }

  @Test
  void onlyALineFeedEndsALineAndAReturnBeforeItIsNoPartOfIt() throws Exception {
    file("file1", "a\nb\rb\nc\r\nd\n");
    start();

    assertThat(bodies(read(4))).containsExactly("a", "b\rb", "c", "d");
  }

  @Test
  void theRestOfALineIsWaitedFor() throws Exception {
    file("file1", "whole\nha");
    start();
    assertThat(bodies(read(1))).containsExactly("whole");

    file("file1", "lf\nnext\nla");

    assertThat(bodies(read(2))).containsExactly("half", "next");
  }

  @Test
  void aThousandFilesAreReadThroughSmallBatches() throws Exception {
    var expected = new TreeSet<String>();
    for (int i = 0; i < 1_000; i++) {
      file("file" + i, "data" + i + "\n");
      expected.add("data" + i);
    }
    settings.put("batchSize", "10");
    start();

    assertThat(new TreeSet<>(bodies(read(1_000)))).isEqualTo(expected);
  }

  @Test
  void itsPositionFileIsTakenOver() throws Exception {
    Path first = file("file1", "old\nnew\n");
    Path second = file("file2", "all\n");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state/positions.json"),
        "[%s,%s]".formatted(position(first, 4), position(second, 100)));
    start();

    assertThat(bodies(read(2)))
        .as("a position beyond the end is none")
        .containsExactlyInAnyOrder("new", "all");
  }

  private static String position(Path file, long offset) throws IOException {
    return "{\"inode\":%s,\"pos\":%d,\"file\":\"%s\"}"
        .formatted(Files.getAttribute(file, "unix:ino"), offset, file);
  }

  @Test
  void skipToEndPassesOverWhatIsThere() throws Exception {
    file("file1", "old\n");
    settings.put("skipToEnd", "true");
    start();
    assertThat(readNothing()).isEmpty();

    file("file1", "new\n");

    assertThat(bodies(read(1))).containsExactly("new");
  }

  @Test
  void maxBatchCountGivesTheNextFileItsTurn() throws Exception {
    file("file1", "1 a\n1 b\n");
    file("file2", "2 a\n2 b\n");
    settings.put("batchSize", "1");
    settings.put("maxBatchCount", "1");
    start();

    assertThat(bodies(read(4)).subList(0, 2)).containsExactlyInAnyOrder("1 a", "2 a");
  }

  @Test
  void foldersAreNotRead() throws Exception {
    file("file1", "1\n");
    file("file.d/file2", "2\n");
    start();

    assertThat(bodies(read(1))).containsExactly("1");
  }

  /** TAILDIR refuses to start. */
  @Test
  void meansToDifferAFolderThatIsNotThereIsWaitedFor() throws Exception {
    start();
    assertThat(readNothing()).isEmpty();

    file("file1", "1\n");

    assertThat(bodies(read(1))).containsExactly("1");
  }

  /** TAILDIR answers BACKOFF, and then Flume sleeps for seconds before it looks again. */
  @Test
  void meansToDifferNothingToReadIsNoReasonToBackOff() throws Exception {
    file("file1", "1\n");
    start();
    read(1);

    assertThat(source.process()).isEqualTo(Status.READY);
  }

  /** TAILDIR begins in the middle of a line if the file ends there. */
  @Test
  void meansToDifferSkipToEndBeginsWithAWholeLine() throws Exception {
    file("file1", "old\nha");
    settings.put("skipToEnd", "true");
    start();
    assertThat(readNothing()).isEmpty();

    file("file1", "lf\nnew\n");

    assertThat(bodies(read(1))).doesNotContain("lf").contains("new");
  }
}
