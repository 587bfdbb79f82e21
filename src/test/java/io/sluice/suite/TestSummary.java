package io.sluice.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The last page of a build: how many tests, how long by class, and what was left out and why. Goes
 * to {@code target/test-summary.txt} and to the console; integration tests come under the unit
 * tests of the same build. Silent outside of the Maven build.
 */
public final class TestSummary implements TestExecutionListener {
  private static final Path FILE = Path.of("target/test-summary.txt");
  private static final int SLOWEST = 25;

  /** Such as {@code Unit tests}. */
  private final String title = System.getProperty("sluice.summary.title", "");

  /** What the parts of one build have in common. */
  private final String build = "Build " + System.getProperty("sluice.summary.build", "");

  private final long start = System.nanoTime();
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final Map<String, Duration> timeByClass = new TreeMap<>();
  private final Map<String, Integer> testsByClass = new TreeMap<>();
  private final Map<String, Set<String>> leftOutByReason = new TreeMap<>();
  private int passed;
  private int failed;
  private int leftOut;
  private TestPlan plan;

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    long tests =
        test.isTest()
            ? 1
            : plan.getDescendants(test).stream().filter(each -> each.isTest()).count();
    leaveOut(test, reason, (int) Math.max(1, tests));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (isClass(test)) {
      long nanos = System.nanoTime() - started.get(test.getUniqueId());
      timeByClass.merge(className(test), Duration.ofNanos(nanos), Duration::plus);
    }
    switch (result.getStatus()) {
      case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
      case FAILED -> failed++;
      case ABORTED ->
          leaveOut(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason"), 1);
    }
    if (test.isTest()) {
      testsByClass.merge(className(test), 1, Integer::sum);
    }
  }

  private void leaveOut(TestIdentifier test, String reason, int tests) {
    leftOut += tests;
    String shown = reason.replaceFirst("(?s).*==> ", "").replaceFirst("^Assumption failed: ", "");
    leftOutByReason.computeIfAbsent(shown, none -> new TreeSet<>()).add(className(test));
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
    if (title.isEmpty() || passed + failed + leftOut == 0) {
      return;
    }
    try {
      String before = Files.exists(FILE) ? Files.readString(FILE) : "";
      String page = (before.startsWith(build) ? before : build + "\n") + section();
      Files.writeString(FILE, page);
      System.out.println("\n" + page + "(" + FILE + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String section() {
    var page = new StringBuilder();
    page.append(
        "%n%s: %d passed, %d failed, %d left out, %s%n"
            .formatted(title, passed, failed, leftOut, minutes(System.nanoTime() - start)));
    leftOutByReason.forEach(
        (reason, classes) ->
            page.append("  left out: %s (%s)%n".formatted(reason, String.join(", ", classes))));
    timeByClass.entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue(Comparator.reverseOrder()))
        .limit(SLOWEST)
        .forEach(
            each ->
                page.append(
                    "%8.1f s %4d  %s%n"
                        .formatted(
                            each.getValue().toMillis() / 1e3,
                            testsByClass.getOrDefault(each.getKey(), 0),
                            each.getKey())));
    int others = timeByClass.size() - SLOWEST;
    return page.append(others > 0 ? "           and %d classes more%n".formatted(others) : "")
        .toString();
  }

  private static String minutes(long nanos) {
    long seconds = Duration.ofNanos(nanos).toSeconds();
    return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }

  private static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }

  /** The simple name of the class that the test is in, the outer one of nested ones. */
  private String className(TestIdentifier test) {
    return plan.getParent(test)
        .map(this::className)
        .filter(outer -> !outer.isEmpty())
        .orElseGet(
            () ->
                test.getSource()
                    .filter(ClassSource.class::isInstance)
                    .map(source -> ((ClassSource) source).getJavaClass().getSimpleName())
                    .orElse(""));
  }
}
