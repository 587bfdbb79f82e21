package io.sluice.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL or a form, read strictly: what is not percent-encoded UTF-8 is refused
 * rather than guessed at. Nothing is made of a parameter before it is known to be one too many.
 */
final class Query {
  private static final class Parameter {
    final String name;
    final byte[] value;

    Parameter(String name, byte[] value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Parameter> parameters = new ArrayList<>();

  private Query() {}

  /** Reads a URL's query, null if there is none. */
  static Query parse(@Nullable String text, Set<String> known, int most) throws RejectedRequest {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.ISO_8859_1);
    return parse(bytes, bytes.length, known, most);
  }

  /**
   * Reads {@code text} up to {@code end}, as it was sent.
   *
   * @param known the only names allowed
   * @param most most parameters allowed
   */
  static Query parse(byte[] text, int end, Set<String> known, int most) throws RejectedRequest {
    var query = new Query();
    int start = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text[i] == '&') {
        if (i > start) {
          if (query.parameters.size() == most) {
            throw Messages.tooMany(most);
          }
          query.add(text, start, i, known);
        }
        start = i + 1;
      }
    }
    return query;
  }

  private void add(byte[] text, int start, int end, Set<String> known) throws RejectedRequest {
    int equals = start;
    while (equals < end && text[equals] != '=') {
      equals++;
    }
    String name = new String(decode(text, start, equals), StandardCharsets.UTF_8);
    if (!known.contains(name)) {
      throw new RejectedRequest(400, "unknown parameter; known are: " + String.join(", ", known));
    }
    parameters.add(new Parameter(name, decode(text, Math.min(equals + 1, end), end)));
  }

  List<byte[]> all(String name) {
    return parameters.stream().filter(p -> p.name.equals(name)).map(p -> p.value).toList();
  }

  Optional<String> one(String name) throws RejectedRequest {
    List<byte[]> values = all(name);
    if (values.size() > 1) {
      throw new RejectedRequest(400, name + " is given more than once");
    }
    return values.stream().findFirst().map(value -> new String(value, StandardCharsets.UTF_8));
  }

  private static byte[] decode(byte[] text, int start, int end) throws RejectedRequest {
    var bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      byte c = text[i];
      if (c == '%') {
        int high = i + 2 < end ? Character.digit(text[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(text[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new RejectedRequest(400, "a % is not followed by two hexadecimal digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c > 0x7e || c < 0x21) {
        throw new RejectedRequest(400, "characters beyond ASCII have to be percent-encoded");
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    byte[] decoded = bytes.toByteArray();
    if (!Messages.isUtf8(decoded)) {
      throw new RejectedRequest(400, "a parameter is not UTF-8");
    }
    return decoded;
  }
}
