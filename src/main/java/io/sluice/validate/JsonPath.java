package io.sluice.validate;

import java.util.ArrayList;
import java.util.List;

/** A JSON Pointer (RFC 6901), cut into its steps. Immutable. */
final class JsonPath {
  private static final int MAX_STEPS = 100;

  private final List<String> names = new ArrayList<>();
  private final int[] indexes;

  /**
   * @throws IllegalArgumentException whose message says what is wrong
   */
  JsonPath(String pointer) {
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      throw new IllegalArgumentException(wrongStart(pointer));
    }
    int start = 1;
    while (start <= pointer.length()) {
      int slash = pointer.indexOf('/', start);
      int end = slash < 0 ? pointer.length() : slash;
      names.add(unescaped(pointer.substring(start, end)));
      start = end + 1;
    }
    if (names.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "a JSON pointer has %d steps at most".formatted(MAX_STEPS));
    }
    indexes = names.stream().mapToInt(JsonPath::index).toArray();
  }

  private static String wrongStart(String pointer) {
    if (pointer.startsWith("$")) {
      String steps = pointer.replaceAll("[$.\\[\\]'\"]+", "/").replaceAll("/$", "");
      return "that is JSONPath; write a JSON pointer, json:" + steps;
    }
    return "a JSON pointer starts with /, as in json:/" + pointer;
  }

  int length() {
    return names.size();
  }

  /** The name of the member to go to in an object. */
  String name(int step) {
    return names.get(step);
  }

  /** The index of the element to go to in an array, or -1 if the step is no index. */
  int index(int step) {
    return indexes[step];
  }

  private static String unescaped(String step) {
    if (step.replaceAll("~[01]", "").contains("~")) {
      throw new IllegalArgumentException("in a JSON pointer, ~ is written ~0 and / is written ~1");
    }
    return step.replace("~1", "/").replace("~0", "~");
  }

  private static int index(String step) {
    return step.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(step) : -1;
  }
}
