package io.sluice.console;

import io.sluice.http.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the answer to a request. The page itself holds no numbers and is for everybody; numbers are
 * for those whom the guard lets in; whether the agent lives and is ready is for everybody too, but
 * the reasons are not.
 */
final class Answers extends AbstractHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  /** No script, style or connection but to ourselves, and never inside another page. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final AgentReader agent;
  private final History history;
  private final Guard guard;
  private final StatusJson statusJson = new StatusJson();
  private final MetricsText metricsText;
  private final Page page = Page.load();

  Answers(AgentReader agent, History history, Guard guard, FileSeries fileSeries) {
    this.agent = agent;
    this.history = history;
    this.guard = guard;
    this.metricsText = new MetricsText(fileSeries);
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    Answer answer;
    try {
      answer = answer(base);
    } catch (RuntimeException e) { // of ours; nobody outside shall see more than that
      LOG.error("console: no answer to {}", base.getMethod(), e);
      answer = Answer.text(500, "The agent's log says why.");
    }
    HEADERS.forEach(response::setHeader);
    answer.sendTo(response, !base.getMethod().equals("HEAD"));
  }

  private Answer answer(Request request) {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      return Answer.text(405, "Only GET and HEAD.").with("Allow", "GET, HEAD");
    }
    if (!guard.isMeant(request.getServerName())) {
      return Answer.text(421, "Ask by address or as localhost, or set a token.");
    }
    String path = request.getHttpURI().getPath();
    Optional<Answer> part = page.part(path);
    if (part.isPresent()) {
      return part.get();
    }
    boolean allowed = guard.allows(request.getHeader("Authorization"));
    return switch (path) {
      case "/healthz" -> health(Health.live(agent.view(), history), allowed);
      case "/readyz" -> health(Health.ready(agent.view(), history), allowed);
      case "/metrics" -> allowed ? metrics(request) : unauthorized();
      case "/api/status" -> allowed ? status(request) : unauthorized();
      default -> Answer.text(404, "There are /, /metrics, /healthz, /readyz and /api/status.");
    };
  }

  private static Answer unauthorized() {
    return Answer.text(401, "Send the console's token as a bearer token.")
        .with("WWW-Authenticate", "Bearer realm=\"sluice\"");
  }

  private Answer health(Health health, boolean withReasons) {
    return Answer.json(health.isGood() ? 200 : 503, statusJson.of(health, withReasons));
  }

  private Answer metrics(Request request) {
    String accept = request.getHeader("Accept");
    AgentView view = agent.view();
    return metricsText.of(view, Alarms.of(view, history), accept == null ? "" : accept);
  }

  private Answer status(Request request) {
    return Answer.json(200, statusJson.of(agent.view(), history, since(request)));
  }

  /** Points of the past after this time are wanted; all of them if it is not a number. */
  private static long since(Request request) {
    String query = request.getHttpURI().getQuery();
    if (query != null && query.matches("since=\\d{1,15}")) {
      return Long.parseLong(query.substring("since=".length()));
    }
    return 0;
  }
}
