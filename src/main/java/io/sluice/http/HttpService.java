package io.sluice.http;

import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** What a server answers, after {@link Access} has let the request in. Thread-safe. */
public interface HttpService {
  /** Paths for health probes: answered without a token, and even if all others have to wait. */
  Set<String> probes();

  /** Further paths that are answered without a token. */
  Set<String> open();

  /** Whether a request can change something, so that no page in a browser may send one. */
  boolean changesThings();

  /** Headers of every answer but those to what is no HTTP. */
  Map<String, String> headers();

  /** An answer in the form that this service has for errors. */
  Response error(int status, String reason);

  /**
   * The answer to a request.
   *
   * @param trusted whether it has the token, or none is needed
   */
  Response answer(Request request, boolean trusted) throws InterruptedException;
}
