package io.sluice.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.instrumentation.util.JMXPollUtil;
import org.apache.flume.interceptor.Interceptor;
import org.junit.jupiter.api.Test;

final class ValidationMetricsTest {
  @Test
  void flumesMonitoringSeesEveryCount() {
    Interceptor interceptor =
        RangeInterceptorTest.interceptor(
            "metricsName", "metrics-test",
            "range", "[10,20] [30,40]",
            "onNotANumber", "drop",
            "shadow.range", "[10,40]");
    List<Event> events =
        List.of(
            RangeInterceptorTest.event("15"),
            RangeInterceptorTest.event("25"),
            RangeInterceptorTest.event("9"),
            RangeInterceptorTest.event("x"));
    List<Event> kept = interceptor.intercept(events);
    interceptor.intercept(kept);

    Map<String, String> seen = JMXPollUtil.getAllMBeans().get("INTERCEPTOR.metrics-test");
    assertThat(seen)
        .containsEntry("JudgedCount", "5")
        .containsEntry("ValidCount", "2")
        .containsEntry("InvalidCount", "2")
        .containsEntry("DroppedCount", "1")
        .containsEntry("EarlierInvalidCount", "2")
        .containsEntry("InvalidGapCount", "1")
        .containsEntry("InvalidBelowCount", "1")
        .containsEntry("InvalidAboveCount", "0")
        .containsEntry("InvalidByRule", "{range.BELOW=1, range.GAP=1}")
        .containsEntry("DroppedByRule", "{range.NOT_A_NUMBER=1}")
        .containsEntry("ShadowDifferenceCount", "2")
        .containsEntry("ShadowLooserCount", "1")
        .containsEntry("ShadowStricterCount", "0")
        .containsEntry("RulesReloadFailureCount", "0")
        .containsEntry("Alarm", "0");
    assertThat(seen.values()).doesNotContainNull();
    interceptor.close();
  }
}
