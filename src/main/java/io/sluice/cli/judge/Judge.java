package io.sluice.cli.judge;

import io.sluice.cli.judge.Rulebook.Step;
import io.sluice.source.SourceLines;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Rules;
import io.sluice.validate.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges lines as a chain of interceptors would, and hands each one on. Used by one thread. */
final class Judge implements SourceLines.Receiver {
  private final List<Rules> chain = new ArrayList<>();
  private final Optional<Rules> trial;
  private final Optional<Printer> printer;
  private final Optional<Outcome> only;
  private final Summary summary;
  private final Hints hints;
  private final Turn turn;
  private final Marks marks = new Marks();
  private String file = "";
  private long number;

  /** Hears from time to time how far reading is; false to end it. */
  interface Turn {
    /**
     * @param bytes read of the file that is being read
     * @param lines judged in all files
     */
    boolean took(long bytes, long lines);
  }

  /**
   * @param request whose trial may also be a shadow that the rules bring along
   * @param printer empty if only the summary is wanted
   */
  Judge(JudgeRun.Request request, Optional<Printer> printer, Turn turn) {
    List<Step> steps = request.rulebook().steps();
    this.trial =
        request
            .trial()
            .or(() -> steps.size() == 1 ? steps.get(0).rules().shadow() : Optional.empty());
    this.printer = printer;
    this.only = request.only();
    this.turn = turn;
    this.summary = new Summary(this.trial.isPresent());
    this.hints = new Hints(summary);
    for (Step step : steps) {
      chain.add(step.rules().observedBy(rule -> summary.add(new RuleNumbers(rule, marks))));
    }
  }

  /** Lines come from {@code next} from now on. */
  void file(String next) {
    file = next;
    number = 0;
    summary.countFile();
  }

  @Override
  public void line(long offset, byte[] line, @Nullable Verdict known, HeaderLookup headers) {
    number++;
    marks.begin(line);
    hints.see(file, line);
    Verdict verdict = known == null ? judge(line, headers) : known;
    summary.count(verdict, file, number, line);
    try {
      if (trial.isPresent()) {
        compare(offset, line, verdict, known == null ? trial.get().judge(line, headers) : known);
      } else if (printer.isPresent() && (only.isEmpty() || only.get() == Outcome.of(verdict))) {
        printer.get().line(file, number, offset, line, verdict, marks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the output cannot be written", e);
    }
  }

  @Override
  public boolean read(long bytes) {
    return turn.took(bytes, summary.lines());
  }

  /** The first interceptor that finds a line invalid, or drops it, has the last word. */
  private Verdict judge(byte[] line, HeaderLookup headers) {
    for (int i = 0; i < chain.size(); i++) {
      Verdict verdict = chain.get(i).judge(line, headers);
      if (verdict != Verdict.VALID) {
        return verdict;
      }
    }
    return Verdict.VALID;
  }

  private void compare(long offset, byte[] line, Verdict verdict, Verdict other)
      throws IOException {
    if (Outcome.of(verdict) == Outcome.of(other)) {
      return;
    }
    summary.countFlip(verdict, other, file, number, line);
    if (printer.isPresent()) {
      printer.get().flip(file, number, offset, line, verdict, other);
    }
  }

  /** Adds what a person should know, once all lines are judged. */
  Summary end() {
    hints.tell();
    return summary;
  }
}
