package io.sluice.gateway;

import io.sluice.http.Answer;

/** A request that cannot be served; carries what to answer. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  Refused(int status, String error) {
    this(Answers.error(status, error));
  }

  Refused(Answer answer) {
    super(null, null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
