package io.sluice.console;

import io.sluice.http.HttpService;
import io.sluice.http.Response;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * Finds the answer to a request. The page itself holds no numbers and is for everybody; numbers are
 * for those whom the guard lets in; whether the agent lives and is ready is for everybody too, but
 * the reasons are not.
 */
final class ConsoleHandler implements HttpService {
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

  private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

  private final AgentReader agent;
  private final History history;
  private final StatusJson statusJson = new StatusJson();
  private final MetricsText metricsText;
  private final Page page = Page.load();

  ConsoleHandler(AgentReader agent, History history, FileSeries fileSeries) {
    this.agent = agent;
    this.history = history;
    this.metricsText = new MetricsText(fileSeries);
  }

  @Override
  public Set<String> probes() {
    return PROBES;
  }

  @Override
  public Set<String> open() {
    return page.paths();
  }

  @Override
  public boolean changesThings() {
    return false;
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  @Override
  public Response error(int status, String reason) {
    return Response.text(status, reason);
  }

  @Override
  public Response answer(Request request, boolean trusted) {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      return Response.text(405, "Only GET and HEAD.").with("Allow", "GET, HEAD");
    }
    String path = request.getHttpURI().getPath();
    return switch (path) {
      case "/healthz" -> health(Health.live(agent.view(), history), trusted);
      case "/readyz" -> health(Health.ready(agent.view(), history), trusted);
      case "/metrics" -> metrics(request);
      case "/api/status" -> status(request);
      default ->
          page.part(path)
              .orElseGet(
                  () ->
                      Response.text(
                          404, "There are /, /metrics, /healthz, /readyz and /api/status."));
    };
  }

  private Response health(Health health, boolean withReasons) {
    return Response.json(health.isGood() ? 200 : 503, statusJson.of(health, withReasons));
  }

  private Response metrics(Request request) {
    String accept = request.getHeader("Accept");
    AgentView view = agent.view();
    return metricsText.of(view, Alarms.of(view, history), accept == null ? "" : accept);
  }

  private Response status(Request request) {
    return Response.json(200, statusJson.of(agent.view(), history, since(request)));
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
