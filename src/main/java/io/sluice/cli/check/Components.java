package io.sluice.cli.check;

import io.sluice.gateway.GatewayCheck;
import io.sluice.interceptor.InterceptorCheck;
import io.sluice.sink.SinkCheck;
import io.sluice.source.SourceCheck;

/** The components that {@code check} knows. */
final class Components {
  static final String RANGE_INTERCEPTOR = "io.sluice.interceptor.RangeInterceptor$Builder";

  static final String GATEWAY_SOURCE = "io.sluice.gateway.GatewaySource";

  private Components() {}

  /** Another component of ours is one more line here. */
  static Catalogue all() {
    var catalogue =
        new Catalogue()
            .own(
                Kind.SOURCE,
                "io.sluice.source.LogFileSource",
                (source, problems, plans) ->
                    plans.add(source, SourceCheck.read(source.name(), source.values(), problems)))
            .own(
                Kind.SOURCE,
                GATEWAY_SOURCE,
                (source, problems, plans) -> {
                  if (GatewayCheck.read(source.name(), source.values(), problems)) {
                    plans.waitsForKafka(source);
                  }
                })
            .own(
                Kind.SINK,
                "io.sluice.sink.RoutingKafkaSink",
                (sink, problems, plans) ->
                    plans.add(sink, SinkCheck.read(sink.name(), sink.values(), problems)))
            .own(
                Kind.INTERCEPTOR,
                RANGE_INTERCEPTOR,
                (interceptor, problems, plans) ->
                    InterceptorCheck.read(interceptor.values(), problems));
    FlumeChannels.addTo(catalogue);
    FlumeSources.addTo(catalogue);
    FlumeSinks.addTo(catalogue);
    FlumeInterceptors.addTo(catalogue);
    return catalogue;
  }
}
