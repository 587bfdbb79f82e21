package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllocationTest {
  private static final int LINES = 10_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"body|15.25", "key:v|time=1 msg=\"x\" v=15.25", "csv:3|a,\"b,c\",15.25"})
  void aValidPlainDecimalAllocatesNothing(String field, String text) {
    Rules rules = Judging.field(field).rules();
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    judge(rules, line);
    long before = threads.getCurrentThreadAllocatedBytes();
    judge(rules, line);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The first use of a class may still come; one byte a line would be ten thousand.
    assertThat(allocated).isLessThan(LINES);
  }

  private static void judge(Rules rules, byte[] line) {
    for (int i = 0; i < LINES; i++) {
      if (rules.judge(line, HeaderLookup.NONE) != Verdict.VALID) {
        throw new AssertionError("the line is valid");
      }
    }
  }
}
