package io.sluice.cli.judge;

import io.sluice.validate.FieldObserver;
import io.sluice.validate.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the rules found their numbers in the line that is being looked at. Used by one thread. */
final class Marks implements FieldObserver {
  private int[] ends = new int[8];
  private int size;
  private boolean lastIsWrong;
  private byte[] line = {};

  /** Another line comes. */
  void begin(byte[] newLine) {
    line = newLine;
    size = 0;
    lastIsWrong = false;
  }

  @Override
  public void found(byte[] bytes, int from, int to, @Nullable Reason reason) {
    if (bytes != line) { // a copy, because the text was escaped
      return;
    }
    if (size + 2 > ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[size++] = from;
    ends[size++] = to;
    lastIsWrong = reason != null;
  }

  /** Start and end of each field, in pairs, in the order of the rules. */
  int[] ends() {
    return Arrays.copyOf(ends, size);
  }

  /** Whether the last of them is what a rule has failed by. */
  boolean lastIsWrong() {
    return lastIsWrong;
  }
}
