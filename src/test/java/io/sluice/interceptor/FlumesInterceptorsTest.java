package io.sluice.interceptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.interceptor.InterceptorBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A position moves with the event that a source has made, so an interceptor must not make another
 * one of it. Those of Flume's core do not.
 */
final class FlumesInterceptorsTest {
  static Stream<Arguments> interceptors() {
    return Stream.of(
        Arguments.of("timestamp", Map.of()),
        Arguments.of("host", Map.of()),
        Arguments.of("static", Map.of("key", "site", "value", "north")),
        Arguments.of("remove_header", Map.of("withName", "kind")),
        Arguments.of("search_replace", Map.of("searchPattern", "1", "replaceString", "2")),
        Arguments.of("regex_filter", Map.of("regex", "value")),
        Arguments.of(
            "regex_extractor",
            Map.of("regex", "(\\d+)", "serializers", "s", "serializers.s.name", "number")));
  }

  @ParameterizedTest
  @MethodSource("interceptors")
  void keepsTheEventThatItWasGiven(String type, Map<String, String> keys) throws Exception {
    Interceptor.Builder builder = InterceptorBuilderFactory.newInstance(type);
    builder.configure(new Context(keys));
    Interceptor interceptor = builder.build();
    interceptor.initialize();
    Event event = EventBuilder.withBody("value=15", UTF_8, Map.of("kind", "raw"));

    assertThat(interceptor.intercept(event)).isSameAs(event);
    assertThat(interceptor.intercept(List.of(event)))
        .singleElement()
        .satisfies(after -> assertThat(after).isSameAs(event));
  }
}
