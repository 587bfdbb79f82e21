package io.sluice.cli.judge;

import io.sluice.cli.terminal.Style;
import io.sluice.logging.Shown;
import io.sluice.source.SourceLines;
import io.sluice.validate.RuleInfo;
import io.sluice.validate.Rules;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/** Judges files, or a stream, and prints what becomes of the lines. Used once, by one thread. */
public final class JudgeRun {
  /** A name on the command line that means standard input. */
  private static final String STANDARD_INPUT = "-";

  private final Request request;
  private final PrintWriter out;
  private final Consumer<String> complaints;
  private final Meter meter;
  private boolean incomplete;

  /**
   * What is wanted.
   *
   * @param trial rules to compare with
   * @param only lines of this kind are printed; empty for all
   * @param summaryOnly whether no lines are printed
   * @param json whether programs read the output
   */
  public record Request(
      Rulebook rulebook,
      Optional<Rules> trial,
      Optional<Outcome> only,
      boolean summaryOnly,
      boolean json,
      Style style) {}

  /**
   * @param complaints hears of each file that cannot be read
   * @param progress gets a text a few times a second, which replaces the one before
   */
  public JudgeRun(
      Request request,
      PrintWriter out,
      Consumer<String> complaints,
      Optional<Consumer<String>> progress) {
    this.request = request;
    this.out = out;
    this.complaints = complaints;
    this.meter = new Meter(progress, request.style());
  }

  /**
   * Judges everything there is. A file that cannot be read costs that file.
   *
   * @param files none for standard input
   */
  public Summary judge(List<String> files, InputStream in) throws IOException {
    List<RuleInfo> rules =
        request.rulebook().steps().stream().flatMap(step -> step.rules().infos().stream()).toList();
    Printer printer =
        request.json()
            ? new JsonPrinter(out)
            : new TextPrinter(out, request.style(), files.size() > 1, rules);
    Optional<Printer> lines = request.summaryOnly() ? Optional.empty() : Optional.of(printer);
    var judge = new Judge(request, lines, this::turn);
    meter.start(files);
    for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
      if (!out.checkError()) { // flushes; and a closed pipe, as of head, ends it all
        read(judge, file, in);
      }
    }
    Summary summary = judge.end();
    printer.summary(summary);
    out.flush();
    return summary;
  }

  private void read(Judge judge, String file, InputStream in) {
    SourceLines lines = request.rulebook().lines();
    try {
      if (file.equals(STANDARD_INPUT)) {
        judge.file("stdin");
        lines.read(in, judge);
        return;
      }
      Path path = Path.of(file);
      if (!Files.exists(path)) {
        complain(file, "there is no such file");
      } else if (Files.isDirectory(path)) {
        complain(file, "is a directory; name its files, such as %s/*.log".formatted(file));
      } else if (!Files.isReadable(path)) {
        complain(file, "this user may not read it");
      } else {
        judge.file(file);
        lines.read(path, judge);
        meter.endFile(path);
      }
    } catch (InvalidPathException e) {
      complain(file, "is not a path");
    } catch (EOFException | ZipException e) {
      complain(
          file, "the compressed file ends in the middle or is damaged; what it has was judged");
    } catch (IOException e) {
      complain(file, "cannot be read: " + e);
    }
  }

  private void complain(String file, String what) {
    incomplete = true;
    complaints.accept(Shown.of(file) + ": " + what + ".");
  }

  private boolean turn(long bytes, long lines) {
    meter.show(bytes, lines);
    return !out.checkError();
  }

  /** Whether a file could not be read, or not to its end. */
  public boolean isIncomplete() {
    return incomplete;
  }
}
