package io.sluice.kafkaclient;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the first bytes that a server answers, in place of the Kafka client. The client takes
 * them for a length and allocates as much: a TLS alert (15 03 03 00) is 336 MB to it, {@code HTTP}
 * 1.2 GB, through TLS too.
 *
 * <p>Sends one ApiVersions request, which a broker answers before any login. Waits at most two
 * seconds for each server to accept, and two for its answer. A server that does not answer is left
 * to the client.
 */
public final class ProtocolProbe {
  private static final int LIMIT_MILLIS = 2_000;
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int ID = 0x736c_7563;
  private static final Pattern SERVER = Pattern.compile("(?:\\w+://)?\\[?([^\\]/]+?)]?:(\\d{1,5})");

  /** ApiVersions (18) in version 0, with an id that the answer repeats, from no client id. */
  private static final byte[] REQUEST =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(ID)
          .putShort((short) -1)
          .array();

  private final String servers;
  private final String protocol;

  /**
   * @param client properties of any Kafka client
   */
  public ProtocolProbe(Map<String, ?> client) {
    this.servers = text(client, "bootstrap.servers", "");
    this.protocol = text(client, "security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT);
  }

  private static String text(Map<String, ?> client, String key, String otherwise) {
    Object value = client.get(key);
    return value == null ? otherwise : value.toString();
  }

  /** Before a client is made, in the client's own protocol. */
  public Optional<String> beforeConnecting() {
    return objection(usesTls());
  }

  /** After a client failed: whether the protocol is why. */
  public Optional<String> afterFailure() {
    return usesTls() ? objection(false) : Optional.empty();
  }

  private boolean usesTls() {
    return protocol.endsWith("SSL");
  }

  /** A sentence about the first server that speaks something else; empty if none is seen to. */
  private Optional<String> objection(boolean throughTls) {
    for (String server : servers.split(",", -1)) {
      Matcher address = SERVER.matcher(server.strip());
      if (address.matches()) {
        Optional<String> found =
            answer(address.group(1), Integer.parseInt(address.group(2)), throughTls)
                .flatMap(first -> objection(server.strip(), first, throughTls));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The first bytes, if any come; after those of a broker nothing more is read. */
  private static Optional<byte[]> answer(String host, int port, boolean throughTls) {
    try (var connected = new Socket()) {
      connected.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
      connected.setSoTimeout(LIMIT_MILLIS);
      Socket socket = throughTls ? AnyServer.tls(connected, host, port) : connected;
      socket.getOutputStream().write(REQUEST);
      var in = new DataInputStream(socket.getInputStream());
      byte[] first = new byte[8];
      in.readFully(first, 0, 5);
      boolean more = first[0] == 0; // shorter than 16 MB: a broker, and its id is next
      if (more) {
        in.readFully(first, 5, 3);
      }
      return Optional.of(first);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty(); // down, slow or unknown: the client says so in its own time
    }
  }

  private Optional<String> objection(String server, byte[] first, boolean throughTls) {
    ByteBuffer answer = ByteBuffer.wrap(first);
    if (answer.getInt(0) <= LONGEST_ANSWER && answer.getInt(0) > 0 && answer.getInt(4) == ID) {
      return usesTls() && !throughTls
          ? Optional.of(
              "%s speaks Kafka without TLS, and security.protocol = %s; write PLAINTEXT or SASL_PLAINTEXT, or name the broker's TLS port"
                  .formatted(server, protocol))
          : Optional.empty();
    }
    boolean tls = (first[0] == 0x15 || first[0] == 0x16) && first[1] == 3;
    if (tls) {
      return usesTls()
          ? Optional.empty()
          : Optional.of(
              "%s speaks TLS, and security.protocol = %s; write SSL or SASL_SSL, or name the broker's port without TLS"
                  .formatted(server, protocol));
    }
    String text = new String(first, 0, 5, StandardCharsets.ISO_8859_1);
    return Optional.of(
        text.equals("HTTP/")
            ? "%s is an %s server and not a Kafka broker; name the broker's port"
                .formatted(server, throughTls ? "HTTPS" : "HTTP")
            : "%s is not a Kafka broker: it answers with the bytes %s; name the broker's port"
                .formatted(server, HexFormat.ofDelimiter(" ").formatHex(first, 0, 5)));
  }
}
