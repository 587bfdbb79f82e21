package io.sluice.http;

import io.sluice.logging.RepeatingWarning;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is answered: by the name that was asked for, the token, and whether a browser asks.
 * Thread-safe.
 */
final class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  /** Wrong tokens in a second that are answered as such; a right one is never held up. */
  private static final int WRONG_TOKENS = 10;

  private final HttpConfig config;
  private final HttpService service;
  private final RateLimit wrongTokens = new RateLimit(Optional.of(WRONG_TOKENS), System::nanoTime);
  private final RepeatingWarning warning = new RepeatingWarning(LOG);

  Access(HttpConfig config, HttpService service) {
    this.config = config;
    this.service = service;
  }

  /** Whether the request has the token, or none is needed. */
  boolean isTrusted(Request request) {
    return config.token().isEmpty()
        || config.token().get().isIn(request.getHeader("Authorization"));
  }

  /** What to answer to a request that is not let in; empty if it is. */
  Optional<Response> refusal(Request request, boolean trusted) {
    String path = request.getHttpURI().getPath();
    if (config.checksHost() && !config.hosts().contain(request.getHeader("Host"))) {
      return refuse(
          421, "this name is not for us: ask by address, as localhost, or by one of allowedHosts");
    }
    if (!trusted && !service.probes().contains(path) && !service.open().contains(path)) {
      return Optional.of(refuseToken(request));
    }
    if (service.changesThings() && !service.probes().contains(path) && BrowserPage.sent(request)) {
      return refuse(403, "browsers may not send requests here");
    }
    return Optional.empty();
  }

  private Optional<Response> refuse(int status, String reason) {
    return Optional.of(service.error(status, reason));
  }

  private Response refuseToken(Request request) {
    if (request.getHeader("Authorization") != null) {
      warning.warn(
          () ->
              "%s: a wrong token from %s was refused. Whoever sends it does not have the one that is set."
                  .formatted(config.component(), request.getRemoteAddr()));
      if (!wrongTokens.passes()) {
        return service.error(429, "too many wrong tokens").with("Retry-After", "1");
      }
    }
    return service
        .error(401, "send the token as Authorization: Bearer")
        .with("WWW-Authenticate", "Bearer realm=\"sluice\"");
  }
}
