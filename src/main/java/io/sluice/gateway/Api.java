package io.sluice.gateway;

import io.sluice.http.Answer;
import io.sluice.http.Client;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's two paths. Looks at who asks and how much before it looks at what is asked; an
 * answer never repeats anything of the request.
 */
final class Api extends AbstractHandler {
  private static final Logger log = LoggerFactory.getLogger(Api.class);

  private final GatewayConfig config;
  private final Inlet inlet;
  private final Outlet outlet;
  private final RateLimit rate;
  private final GatewayCounter counter;

  Api(GatewayConfig config, Inlet inlet, Outlet outlet, RateLimit rate, GatewayCounter counter) {
    this.config = config;
    this.inlet = inlet;
    this.outlet = outlet;
    this.rate = rate;
    this.counter = counter;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    Answer answer = answer(target, base);
    if (answer.status() >= 400 && answer.status() < 500) {
      counter.refused();
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    answer.sendTo(response, true);
  }

  private Answer answer(String path, Request request) {
    try {
      checkSender(request);
      return switch (path) {
        case "/send" -> send(request);
        case "/receiver" -> receive(request);
        default -> throw new Refused(404, "there are /send and /receiver");
      };
    } catch (Refused e) {
      return e.answer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answers.tryAgain(503, "the agent stops");
    } catch (RuntimeException e) { // of a channel or an interceptor that is not ours
      counter.incrementGenericProcessingFail();
      log.error("source '{}': a request failed", config.name(), e);
      return Answers.error(500, "the agent failed; its log tells why");
    }
  }

  private void checkSender(Request request) throws Refused {
    boolean known =
        config.token().isEmpty() || config.token().get().isIn(request.getHeader("Authorization"));
    if (!known) {
      throw new Refused(
          Answers.error(401, "a bearer token is needed").with("WWW-Authenticate", "Bearer"));
    }
    String site = request.getHeader("Sec-Fetch-Site");
    boolean fromPage = site != null && !site.equals("none") && !site.equals("same-origin");
    if (fromPage || request.getHeader("Origin") != null) {
      throw new Refused(403, "web pages may not send requests here");
    }
    if (!rate.passes()) {
      throw new Refused(Answers.tryAgain(429, "too many requests"));
    }
  }

  private Answer send(Request request) throws Refused, InterruptedException {
    allow(request, "GET", "POST");
    int most = inlet.mostMessages();
    List<byte[]> messages = Messages.inQuery(request.getQueryString(), most);
    if (request.getMethod().equals("POST")) {
      if (request.getHeader("Content-Encoding") != null) {
        throw new Refused(415, "no Content-Encoding is understood");
      }
      byte[] body = body(request);
      if (!messages.isEmpty() && body.length > 0) {
        throw new Refused(400, "messages in the URL and in the body");
      }
      if (messages.isEmpty()) {
        messages = Messages.inBody(body, request.getContentType(), most);
      }
    }
    if (messages.isEmpty()) {
      throw new Refused(400, "no message: give msg, or a body of lines");
    }
    return inlet.put(messages);
  }

  private byte[] body(Request request) throws Refused {
    int most = config.maxBodyBytes();
    if (request.getContentLengthLong() > most) {
      throw tooLong(most);
    }
    try (InputStream content = request.getInputStream()) {
      byte[] body = content.readNBytes(most + 1);
      if (body.length > most) {
        throw tooLong(most);
      }
      return body;
    } catch (IOException e) { // cut short, too slow, or chunks that are none
      counter.incrementEventReadFail();
      throw new Refused(Answers.error(400, "the body cannot be read").with("Connection", "close"));
    }
  }

  private static Refused tooLong(int most) {
    return new Refused(413, "the body is longer than " + most + " bytes");
  }

  private Answer receive(Request request) throws Refused, InterruptedException {
    allow(request, "GET");
    if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
      throw new Refused(400, "a GET has no body");
    }
    return outlet.take(request.getQueryString(), new Client(request));
  }

  private static void allow(Request request, String... methods) throws Refused {
    if (!List.of(methods).contains(request.getMethod())) {
      throw new Refused(
          Answers.error(405, "the method is not possible here")
              .with("Allow", String.join(", ", methods)));
    }
  }
}
