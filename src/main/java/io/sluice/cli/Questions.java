package io.sluice.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Asks whoever is at the terminal, if somebody is; else takes what is proposed. */
final class Questions {
  private final boolean asking;
  private final PrintWriter out;
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  Questions(boolean asking, PrintWriter out) {
    this.asking = asking;
    this.out = out;
  }

  boolean isAsking() {
    return asking;
  }

  /** The answer, or what is proposed if it is empty. */
  String ask(String question, String proposed) throws IOException {
    if (!asking) {
      return proposed;
    }
    out.print("%s [%s]: ".formatted(question, proposed));
    out.flush();
    String answer = in.readLine();
    return answer == null || answer.isBlank() ? proposed : answer.strip();
  }
}
