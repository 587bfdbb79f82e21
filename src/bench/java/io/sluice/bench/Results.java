package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The runs of a suite, and where they were made. As a file: comment lines with the circumstances,
 * then comma-separated values, one line for each run.
 */
record Results(List<String> circumstances, List<Result> runs) {
  private static final String COMMENT = "# ";

  static Results read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Results(List.of(), List.of());
    }
    List<String> comments = new ArrayList<>();
    List<Result> runs = new ArrayList<>();
    List<String> header = List.of();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(COMMENT)) {
        comments.add(line.substring(COMMENT.length()));
      } else if (header.isEmpty()) {
        header = List.of(line.split(","));
      } else {
        runs.add(parse(header, line.split(",", -1)));
      }
    }
    return new Results(comments, runs);
  }

  private static Result parse(List<String> header, String[] cells) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      int column = header.indexOf(figure.column());
      if (column >= 0 && !cells[column].isEmpty()) {
        figures.put(figure, Double.valueOf(cells[column]));
      }
    }
    return Result.of(cells[0], Integer.parseInt(cells[1]), cells[2], figures);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    circumstances.forEach(each -> lines.add(COMMENT + each));
    lines.add(
        "part,round,contender,"
            + Arrays.stream(Figure.values()).map(Figure::column).collect(Collectors.joining(",")));
    for (Result run : runs) {
      lines.add(
          "%s,%d,%s,".formatted(run.part(), run.round(), run.contender())
              + Arrays.stream(Figure.values())
                  .map(figure -> cell(run.get(figure)))
                  .collect(Collectors.joining(",")));
    }
    Files.write(file, lines);
  }

  private static String cell(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Double.isFinite(value)
        ? Long.toString((long) value)
        : Double.isInfinite(value) ? "Infinity" : String.format(Locale.ROOT, "%.3f", value);
  }

  List<String> parts() {
    return runs.stream().map(Result::part).distinct().toList();
  }

  List<String> contenders(String part) {
    return of(part).map(Result::contender).distinct().toList();
  }

  List<Result> of(String part, String contender) {
    return of(part).filter(run -> run.contender().equals(contender)).toList();
  }

  private java.util.stream.Stream<Result> of(String part) {
    return runs.stream().filter(run -> run.part().equals(part));
  }

  /** Over all rounds; empty if there was none. */
  OptionalDouble median(String part, String contender, ToDoubleFunction<Result> figure) {
    return median(of(part, contender).stream().mapToDouble(figure));
  }

  /** The median of each round's {@code above / below}; empty if they never met. */
  OptionalDouble ratio(String part, String above, String below, ToDoubleFunction<Result> figure) {
    return median(
        of(part, above).stream()
            .flatMapToDouble(
                run ->
                    of(part, below).stream()
                        .filter(other -> other.round() == run.round())
                        .mapToDouble(
                            other -> figure.applyAsDouble(run) / figure.applyAsDouble(other))));
  }

  private static OptionalDouble median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }
}
