package io.sluice.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sluice.config.ConfigurationException;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.event.EventHeaders;
import io.sluice.event.LogEvent;
import io.sluice.event.Origin;
import io.sluice.validate.Reason;
import io.sluice.validate.Verdict.Invalid;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.SimpleEvent;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.interceptor.InterceptorBuilderFactory;
import org.junit.jupiter.api.Test;

final class RangeInterceptorTest {
  @Test
  void putsTheVerdictIntoHeaders() {
    Interceptor interceptor = interceptor("range", "[10,20]", "field", "key:t");
    assertThat(interceptor.intercept(event("t=15")).getHeaders())
        .isEqualTo(Map.of(EventHeaders.VALIDATION, "valid"));
    assertThat(interceptor.intercept(event("t=25")).getHeaders())
        .isEqualTo(
            Map.of(
                EventHeaders.VALIDATION, "invalid",
                EventHeaders.RULE, "range",
                EventHeaders.REASON, "ABOVE",
                EventHeaders.VALUE, "25",
                EventHeaders.RANGE, "[10,20]"));
  }

  @Test
  void givesBackTheSameListWhenItDropsNothing() {
    List<Event> events = List.of(event("15"), event("x"));
    assertThat(interceptor("range", "[10,20]").intercept(events)).isSameAs(events);
  }

  @Test
  void dropsWhatARuleSaysToDrop() {
    Interceptor interceptor = interceptor("range", "[10,20]", "onNotANumber", "drop");
    List<Event> kept =
        interceptor.intercept(List.of(event("15"), event("x"), event("25"), event("y")));
    assertThat(kept)
        .extracting(one -> new String(one.getBody(), StandardCharsets.UTF_8))
        .containsExactly("15", "25");
    assertThat(interceptor.intercept(event("x"))).isNull();
    assertThat(interceptor.intercept(new LinkedList<>(List.of(event("x"), event("15")))))
        .hasSize(1);
    assertThat(interceptor.intercept(List.of(event("x")))).isEmpty();
    assertThat(interceptor.intercept(List.of())).isEmpty();
  }

  @Test
  void anEarlierInvalidVerdictStays() {
    Event event = interceptor("range", "[0,1]").intercept(event("15"));
    Event again = interceptor("range", "[10,20]").intercept(event);
    assertThat(again.getHeaders())
        .containsEntry(EventHeaders.VALIDATION, "invalid")
        .containsEntry(EventHeaders.RANGE, "[0,1]");
  }

  @Test
  void anEarlierValidVerdictIsJudgedAgain() {
    Event event = interceptor("range", "[10,20]").intercept(event("15"));
    Event again = interceptor("range", "[0,1]").intercept(event);
    assertThat(again.getHeaders()).containsEntry(EventHeaders.VALIDATION, "invalid");
  }

  @Test
  void acceptsEventsThatLackBodyOrHeadersOrCannotBeChanged() {
    Interceptor interceptor = interceptor("range", "[10,20]", "field", "header:t");
    var empty = new SimpleEvent();
    empty.setBody(null);
    empty.setHeaders(null);
    assertThat(interceptor.intercept(empty).getHeaders())
        .containsEntry(EventHeaders.REASON, "MISSING");
    for (Event fixed : List.of(event(""), new LogEvent(mock(Origin.class), 0, 1, 0, new byte[0]))) {
      fixed.setHeaders(Map.of("t", "15"));
      assertThat(interceptor.intercept(fixed).getHeaders())
          .containsEntry(EventHeaders.VALIDATION, "valid")
          .containsEntry("t", "15");
    }
  }

  @Test
  void aLogEventGetsNoHeaderMap() {
    var origin = origin();
    var line = new LogEvent(origin, 0, 3, 0, "25".getBytes(StandardCharsets.UTF_8));
    interceptor("range", "[10,20]").intercept(List.<Event>of(line));
    assertThat(line.isBare()).isTrue();
    assertThat(line.verdict()).contains(new Invalid("range", Reason.ABOVE, "25", "[10,20]"));
    interceptor("range", "[20,30]").intercept(line);
    assertThat(line.verdict()).contains(new Invalid("range", Reason.ABOVE, "25", "[10,20]"));
    assertThat(line.getHeaders()).containsEntry(EventHeaders.REASON, "ABOVE");
  }

  private static Origin origin() {
    var origin = mock(Origin.class);
    var file = new FileIdentity("/a", 1, 2, 0, 0);
    when(origin.ledger()).thenReturn(new Ledger(new Position("tail", file, 0, 0)));
    return origin;
  }

  @Test
  void aLineThatTheChannelHadNoRoomForIsCountedOnce() throws Exception {
    byte[] body = "25".getBytes(StandardCharsets.UTF_8);
    var line = new LogEvent(origin(), 0, 3, 0, body);
    Interceptor interceptor = interceptor("range", "[10,20]", "metricsName", "once");
    interceptor.initialize();
    try {
      interceptor.intercept(List.<Event>of(line));
      LogEvent retried = line.retry(body);
      interceptor.intercept(List.<Event>of(retried));
      assertThat(retried.verdict()).isEqualTo(line.verdict()).isPresent();
      assertThat(
              ManagementFactory.getPlatformMBeanServer()
                  .getAttribute(
                      new ObjectName("org.apache.flume.interceptor:type=once"),
                      "InvalidAboveCount"))
          .isEqualTo(1L);
    } finally {
      interceptor.close();
    }
  }

  @Test
  void isRefusedWithEveryProblem() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> interceptor("rnge", "[1,2]", "range", "[20,10]", "onMissing", "x"))
        .withMessageContaining("3 problems")
        .withMessageContaining("the nearest is range")
        .withMessageContaining("at character 5")
        .withMessageContaining("onMissing");
  }

  @Test
  void flumeFindsItsBuilder() throws ReflectiveOperationException {
    assertThat(InterceptorBuilderFactory.newInstance(RangeInterceptor.Builder.class.getName()))
        .isInstanceOf(RangeInterceptor.Builder.class);
    assertThat(RangeInterceptor.Builder.class.getName())
        .isEqualTo("io.sluice.interceptor.RangeInterceptor$Builder");
  }

  static Interceptor interceptor(String... settings) {
    var context = new Context();
    context.put("type", RangeInterceptor.Builder.class.getName());
    for (int i = 0; i < settings.length; i += 2) {
      context.put(settings[i], settings[i + 1]);
    }
    var builder = new RangeInterceptor.Builder();
    builder.configure(context);
    Interceptor interceptor = builder.build();
    interceptor.initialize();
    return interceptor;
  }

  static Event event(String body) {
    return EventBuilder.withBody(body, StandardCharsets.UTF_8);
  }
}
