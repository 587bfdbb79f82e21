package io.sluice.console;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sluice.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes numbers as Prometheus reads them, by its official client library. Thread-safe. */
final class MetricsText {
  private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
  private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
  private final FileSeries fileSeries;

  MetricsText(FileSeries fileSeries) {
    this.fileSeries = fileSeries;
  }

  /**
   * @param accept the request's header of that name
   */
  Response of(AgentView view, List<Alarm> alarms, String accept) {
    ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : plain;
    MetricSnapshots snapshots = new Scrape(view, alarms, fileSeries).snapshots();
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Response.ok(writer.getContentType(), out.toByteArray());
  }
}
