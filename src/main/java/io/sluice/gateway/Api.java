package io.sluice.gateway;

import io.sluice.http.Client;
import io.sluice.http.HttpService;
import io.sluice.http.RateLimit;
import io.sluice.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * The gateway's paths, compared as they were sent: a path that is spelled another way is another
 * path. An answer never repeats anything of the request.
 */
final class Api implements HttpService {
  private static final Map<String, String> HEADERS =
      Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

  private final GatewayConfig config;
  private final SendHandler sender;
  private final ReceiveHandler receiver;
  private final RateLimit rate;
  private final GatewayMetrics counter;
  private final BodyBudget bodies = BodyBudget.ofHeap();

  Api(
      GatewayConfig config,
      SendHandler sender,
      ReceiveHandler receiver,
      RateLimit rate,
      GatewayMetrics counter) {
    this.config = config;
    this.sender = sender;
    this.receiver = receiver;
    this.rate = rate;
    this.counter = counter;
  }

  @Override
  public Set<String> probes() {
    return Set.of("/healthz");
  }

  @Override
  public Set<String> open() {
    return Set.of();
  }

  @Override
  public boolean changesThings() {
    return true;
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  @Override
  public Response error(int status, String reason) {
    if (status < 500) {
      counter.refused();
    }
    return Responses.error(status, reason);
  }

  @Override
  public Response answer(Request request, boolean trusted) throws InterruptedException {
    String path = request.getHttpURI().getPath();
    try {
      if (path.equals("/healthz")) {
        return Responses.live();
      }
      if (!rate.passes()) {
        throw new RejectedRequest(Responses.tryAgain(429, "too many requests"));
      }
      return switch (path) {
        case "/send" -> send(request);
        case "/receiver" -> receive(request);
        default -> throw new RejectedRequest(404, "there are /send, /receiver and /healthz");
      };
    } catch (RejectedRequest e) {
      if (e.response().status() < 500) {
        counter.refused();
      }
      return e.response();
    } catch (RuntimeException e) {
      counter.incrementGenericProcessingFail();
      throw e;
    }
  }

  private Response send(Request request) throws RejectedRequest, InterruptedException {
    if (config.allowGet()) {
      allow(request, "GET", "POST");
    } else {
      allow(request, "POST");
    }
    int most = sender.mostMessages();
    List<byte[]> messages = Messages.inQuery(request.getQueryString(), most);
    if (request.getMethod().equals("GET") && hasBody(request)) {
      throw new RejectedRequest(400, "a GET has no body");
    }
    if (request.getMethod().equals("GET") || !hasBody(request)) {
      return put(messages);
    }
    if (request.getHeader("Content-Encoding") != null) {
      throw new RejectedRequest(415, "no Content-Encoding is understood");
    }
    if (!messages.isEmpty()) {
      throw new RejectedRequest(400, "messages in the URL and in the body");
    }
    return sendBody(request, most);
  }

  /** The body's share of memory is held until its messages are with the channel, or with Kafka. */
  private Response sendBody(Request request, int most)
      throws RejectedRequest, InterruptedException {
    int length = (int) Math.min(request.getContentLengthLong(), Integer.MAX_VALUE);
    int longest = Math.min(config.maxBodyBytes(), bodies.most());
    if (length > longest) {
      throw tooLong(longest);
    }
    int reserved = length < 0 ? longest : length;
    if (!bodies.take(reserved)) {
      throw new RejectedRequest(Responses.tryAgain(503, "too much is being sent at once"));
    }
    try {
      byte[] body = read(request, length, longest);
      return put(Messages.inBody(body, request.getContentType(), most));
    } finally {
      bodies.giveBack(reserved);
    }
  }

  private Response put(List<byte[]> messages) throws RejectedRequest, InterruptedException {
    if (messages.isEmpty()) {
      throw new RejectedRequest(400, "no message: give msg, or a body of lines");
    }
    return sender.put(messages);
  }

  private byte[] read(Request request, int length, int longest) throws RejectedRequest {
    try {
      byte[] body = RequestBody.read(request.getInputStream(), length, longest);
      if (body.length > longest) {
        throw tooLong(longest);
      }
      return body;
    } catch (IOException e) { // cut short, too slow, or chunks that are none
      counter.incrementEventReadFail();
      throw new RejectedRequest(
          Responses.error(400, "the body cannot be read").with("Connection", "close"));
    }
  }

  private static RejectedRequest tooLong(int most) {
    return new RejectedRequest(413, "the body is longer than " + most + " bytes");
  }

  private Response receive(Request request) throws RejectedRequest, InterruptedException {
    allow(request, "GET");
    if (hasBody(request)) {
      throw new RejectedRequest(400, "a GET has no body");
    }
    return receiver.take(request.getQueryString(), new Client(request));
  }

  private static boolean hasBody(Request request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static void allow(Request request, String... methods) throws RejectedRequest {
    if (!List.of(methods).contains(request.getMethod())) {
      throw new RejectedRequest(
          Responses.error(405, "the method is not possible here")
              .with("Allow", String.join(", ", methods)));
    }
  }
}
