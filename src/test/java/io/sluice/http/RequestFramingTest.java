package io.sluice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Random;
import org.eclipse.jetty.http.BadMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, as bytes. In the cases {@code ~} is CR LF, so that a case fits in a line. */
final class RequestFramingTest {
  private final RequestFraming framing = new RequestFraming(500);

  private static byte[] bytes(String text) {
    return text.replace("~", "\r\n").getBytes(ISO_8859_1);
  }

  private void feed(String text) {
    framing.accept(ByteBuffer.wrap(bytes(text)), 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1~Host: a~~",
        "~~GET /send?msg=a;b HTTP/1.1~hOST:a~~",
        "GET / HTTP/1.0~~",
        "GET http://a:80/send HTTP/1.1~Host: A:80~~",
        "GET / HTTP/1.1~Host: ~X:~Y: \u00e4\t~~",
        "POST /send HTTP/1.1~Host: a~Content-Length: 3  ~~a\n\n",
        "POST /send HTTP/1.1~Host: a~Content-Length: 003~~\r\n\r",
        "POST /send HTTP/1.1~Host: a~Transfer-Encoding: Chunked~~2 ;x=y~\r\n~A~0123456789~0~~",
        "POST /send HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0~X: y~~"
      })
  void whatIsAllowedIsOneRequest(String request) {
    feed(request);

    assertThat(framing.completed()).isEqualTo(1);
    assertThat(framing.isBetween()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // lengths
        "POST / HTTP/1.1~Host: a~Content-Length: +2~~",
        "POST / HTTP/1.1~Host: a~Content-Length: -2~~",
        "POST / HTTP/1.1~Host: a~Content-Length: 0x2~~",
        "POST / HTTP/1.1~Host: a~Content-Length: 2, 2~~",
        "POST / HTTP/1.1~Host: a~Content-Length: 2~Content-Length: 2~~",
        "POST / HTTP/1.1~Host: a~Content-Length:~~",
        "POST / HTTP/1.1~Host: a~Content-Length: 9999999999999999999~~",
        "POST / HTTP/1.1~Host: a~Content-Length : 2~~",
        // codings
        "POST / HTTP/1.1~Host: a~Content-Length: 2~Transfer-Encoding: chunked~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Content-Length: 2~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked, chunked~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: identity~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: \u000bchunked~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~",
        "POST / HTTP/1.0~Transfer-Encoding: chunked~~",
        "POST / HTTP/1.0~Host: a~Transfer-Encoding: chunked~~",
        // hosts
        "GET / HTTP/1.1~~",
        "GET / HTTP/1.1~Host: a~Host: a~~",
        "GET / HTTP/1.1~Host: a~host: b~~",
        "GET http://b/ HTTP/1.1~Host: a~~",
        "GET http://user@a/ HTTP/1.1~Host: a~~",
        // lines
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1~Host: a\n~",
        "GET / HTTP/1.1~Host: a\r~~",
        "GET / HTTP/1.1~Host: a~X: b\rc~~",
        "GET / HTTP/1.1~Host: a~X: b~ c~~",
        "GET / HTTP/1.1~Host: a~X: b~\tc~~",
        "GET / HTTP/1.1~ Host: a~~",
        "GET / HTTP/1.1~Host: a~X~~",
        "GET / HTTP/1.1~Host: a~: b~~",
        "GET / HTTP/1.1~Host: a~X Y: b~~",
        "GET / HTTP/1.1~Host: a~X\u00e4: b~~",
        "GET / HTTP/1.1~Host: a~X: \u0000~~",
        "GET / HTTP/1.1~Host: a~X: \u007f~~",
        // request lines
        "GET / HTTP/1.1 ~Host: a~~",
        "GET  / HTTP/1.1~Host: a~~",
        "GET\t/ HTTP/1.1~Host: a~~",
        "GET / HTTP/1.1x~Host: a~~",
        "GET / http/1.1~Host: a~~",
        "GET /~Host: a~~",
        "G(T / HTTP/1.1~Host: a~~",
        "GET /a\u00e4 HTTP/1.1~Host: a~~",
        "GET /#x HTTP/1.1~Host: a~~",
        "GET * HTTP/1.1~Host: a~~",
        "CONNECT a:80 HTTP/1.1~Host: a:80~~",
        "GET /receiver;x HTTP/1.1~Host: a~~",
        "GET /receiver;x?topic=t HTTP/1.1~Host: a~~",
        // chunks
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~+2~ab~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0x2~ab~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~~ab~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~2\nab~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~2~abc~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~2~ab0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0~X~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~1;x=\"y~X~0~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~ffffffffffffffff~ab~"
      })
  void whatTheRfcForbidsIsRefused(String request) {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> feed(request))
        .matches(e -> e.getCode() == 400);
  }

  @ParameterizedTest
  @CsvSource({"GET / HTTP/2.0~~, 505", "PRI * HTTP/2.0~~SM~~, 505"})
  void otherVersionsAreNotSpoken(String request, int status) {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> feed(request))
        .matches(e -> e.getCode() == status);
  }

  @Test
  void headsAreBounded() {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> feed("GET /" + "a".repeat(500)))
        .matches(e -> e.getCode() == 414);
    var second = new RequestFraming(500);
    byte[] long431 = bytes("GET / HTTP/1.1~Host: a~" + "X: y~".repeat(200));
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> second.accept(ByteBuffer.wrap(long431), 0))
        .matches(e -> e.getCode() == 431);
  }

  /** However the network cuts the bytes, and whatever the bodies hold. */
  @Test
  void requestsAreToldApartInAnyPieces() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    var random = new Random(seed);
    String[] requests = {
      "GET / HTTP/1.1~Host: a~~",
      "POST / HTTP/1.1~Host: a~Content-Length: 29~~GET / HTTP/1.1~Host: a~~\r\n",
      "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~5~0~~~2~X\n~0~~"
    };
    var all = new StringBuilder();
    int count = random.nextInt(1, 20);
    for (int i = 0; i < count; i++) {
      all.append(requests[random.nextInt(requests.length)]);
    }
    byte[] bytes = bytes(all.toString());
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + random.nextInt(1, 40));
      framing.accept(ByteBuffer.wrap(bytes, 0, to), from);
      from = to;
    }

    assertThat(framing.completed()).as("seed " + seed).isEqualTo(count);
    assertThat(framing.isBetween()).isTrue();
  }
}
