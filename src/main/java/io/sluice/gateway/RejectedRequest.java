package io.sluice.gateway;

import io.sluice.http.Response;

/** A request that cannot be served; carries what to answer. */
final class RejectedRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  RejectedRequest(int status, String error) {
    this(Responses.error(status, error));
  }

  RejectedRequest(Response response) {
    super(null, null, false, false);
    this.response = response;
  }

  Response response() {
    return response;
  }
}
