package io.sluice.http;

import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes connections whose requests are read by {@link StrictParser}. */
final class StrictConnections extends HttpConnectionFactory {
  StrictConnections(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    var connection =
        new HttpConnection(
            getHttpConfiguration(), connector, endPoint, HttpCompliance.RFC7230, false) {
          @Override
          protected HttpParser newHttpParser(HttpCompliance compliance) {
            return new StrictParser(
                newRequestHandler(), getHttpConfiguration().getRequestHeaderSize());
          }
        };
    return configure(connection, connector, endPoint);
  }
}
