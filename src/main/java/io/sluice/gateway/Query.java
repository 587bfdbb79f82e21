package io.sluice.gateway;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL or a form, read strictly: what is not percent-encoded UTF-8 is refused
 * rather than guessed at.
 */
final class Query {
  private record Parameter(String name, String value) {}

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads {@code text}, as it was sent.
   *
   * @param known the only names allowed
   * @param most most parameters allowed
   */
  static Query parse(@Nullable String text, Set<String> known, int most) throws Refused {
    var parameters = new ArrayList<Parameter>();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        if (!known.contains(name)) {
          throw new Refused(400, "unknown parameter; known are: " + String.join(", ", known));
        }
        if (parameters.size() == most) {
          throw Messages.tooMany(most);
        }
        parameters.add(new Parameter(name, equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return new Query(parameters);
  }

  List<String> all(String name) {
    return parameters.stream().filter(p -> p.name.equals(name)).map(Parameter::value).toList();
  }

  Optional<String> one(String name) throws Refused {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new Refused(400, name + " is given more than once");
    }
    return values.stream().findFirst();
  }

  private static String decode(String text) throws Refused {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new Refused(400, "a % is not followed by two hexadecimal digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c > 0x7e || c < 0x21) {
        throw new Refused(400, "characters beyond ASCII have to be percent-encoded");
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return Messages.utf8(bytes.toByteArray());
  }
}
