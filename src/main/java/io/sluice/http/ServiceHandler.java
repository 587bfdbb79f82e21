package io.sluice.http;

import io.sluice.http.RequestQueue.Turn;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of a request: who asks, then whose turn it is, then the answer. Whoever is not let in
 * loses the connection, so that a stranger holds none.
 */
final class ServiceHandler extends AbstractHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceHandler.class);

  private final String component;
  private final HttpService service;
  private final Access access;
  private final RequestQueue queue;
  private final Connections connections;

  ServiceHandler(
      HttpConfig config, HttpService service, RequestQueue queue, Connections connections) {
    this.component = config.component();
    this.service = service;
    this.access = new Access(config, service);
    this.queue = queue;
    this.connections = connections;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    boolean trusted = access.isTrusted(base);
    Optional<Response> refusal = access.refusal(base, trusted);
    if (refusal.isPresent()) {
      send(refusal.get().with("Connection", "close"), base);
    } else if (service.probes().contains(base.getHttpURI().getPath())) {
      send(answer(base, trusted), base);
    } else {
      connections.trust(base.getHttpChannel().getEndPoint().getConnection());
      answerInTurn(base, trusted);
    }
  }

  private void answerInTurn(Request request, boolean trusted) throws IOException {
    Turn turn = queue.enter(request);
    if (turn == Turn.NOW) {
      try {
        send(answer(request, trusted), request);
      } finally {
        queue.leave();
      }
    } else if (turn == Turn.NEVER) {
      Response busy = service.error(503, "too many requests at once").with("Retry-After", "1");
      send(busy.with("Connection", "close"), request);
    }
  }

  private Response answer(Request request, boolean trusted) {
    try {
      return service.answer(request, trusted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return service.error(503, "the agent stops").with("Retry-After", "1");
    } catch (RuntimeException e) { // ours, or of a channel or an interceptor that is not
      LOG.error("{}: no answer to {}", component, request.getMethod(), e);
      return service.error(500, "the agent failed; its log says why");
    }
  }

  private void send(Response answer, Request request) throws IOException {
    var response = request.getResponse();
    service.headers().forEach(response::setHeader);
    answer.sendTo(response, !request.getMethod().equals("HEAD"));
  }
}
