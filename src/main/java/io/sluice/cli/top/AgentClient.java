package io.sluice.cli.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Asks one agent's console. Used by one thread; {@link #state} by any. */
final class AgentClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern URL = Pattern.compile("https?://[^/?#\\s]+(/[^?#\\s]*)?");
  private static final int MOST_BYTES = 8 << 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI uri;
  private final Optional<String> token;
  private volatile AgentState state;

  /**
   * @param url of the console
   * @throws IllegalArgumentException if it is no URL of HTTP
   */
  AgentClient(String url, Optional<String> token) {
    String whole = url.contains("://") ? url : "http://" + url;
    if (!URL.matcher(whole).matches()) {
      throw new IllegalArgumentException("a console's URL is such as http://localhost:41414");
    }
    String base = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    this.uri = URI.create(base + "/api/status");
    this.token = token;
    this.state = AgentState.unseen(base);
  }

  AgentState state() {
    return state;
  }

  /** Asks once, and knows better afterwards. */
  void ask() throws InterruptedException {
    AgentState before = state;
    // Of the past only the last points are of interest here.
    long since = System.currentTimeMillis() - PATIENCE.multipliedBy(3).toMillis();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri + "?since=" + since)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      state = read(response, before);
    } catch (ConnectException e) {
      state = before.failed("nobody answers; the agent is down, or has no console there");
    } catch (HttpTimeoutException e) {
      state = before.failed("no answer within %d s".formatted(PATIENCE.toSeconds()));
    } catch (SSLException e) {
      state = before.failed("TLS failed: " + e.getMessage());
    } catch (IOException e) {
      state = before.failed("no HTTP answer; is this a Sluice console?");
    }
  }

  private static AgentState read(HttpResponse<InputStream> response, AgentState before)
      throws IOException {
    try (InputStream body = response.body()) {
      int code = response.statusCode();
      if (code == 401 || code == 403) {
        return before.failed(
            "not authorized (%d); the console's token goes into --token-file or SLUICE_TOKEN"
                .formatted(code));
      }
      byte[] text = body.readNBytes(MOST_BYTES);
      JsonTree status = code == 200 ? JsonTree.parse(text) : new JsonTree(null);
      if (!status.at("sources").isThere() || !status.at("agent").isThere()) {
        return before.failed("not a Sluice console: it answers with status " + code);
      }
      return new AgentState(before.url(), status, "", System.currentTimeMillis());
    } catch (JsonProcessingException e) {
      return before.failed("not a Sluice console: its answer is no JSON");
    }
  }
}
