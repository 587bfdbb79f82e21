package com.example;

import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.interceptor.Interceptor;

/** Returns a new event for each, as many interceptors out there do. */
public final class ReplacingInterceptor implements Interceptor {
  @Override
  public void initialize() {}

  @Override
  public Event intercept(Event event) {
    return EventBuilder.withBody(event.getBody(), event.getHeaders());
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    return events.stream().map(this::intercept).toList();
  }

  @Override
  public void close() {}

  /** What a configuration names. */
  public static final class Builder implements Interceptor.Builder {
    @Override
    public Interceptor build() {
      return new ReplacingInterceptor();
    }

    @Override
    public void configure(Context context) {}
  }
}
