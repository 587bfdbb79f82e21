package io.sluice.http;

import java.util.Collections;
import java.util.Locale;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a request that a browser makes, for a page or for a link. An image, a script or a link
 * is a plain GET that any page can have any browser send, without {@code Origin}; to a name or an
 * address without TLS also without {@code Sec-Fetch-Site}, and without {@code Referer} where the
 * page says so. So each of them counts, and the name that all browsers call themselves by.
 */
final class BrowserPage {
  private BrowserPage() {}

  static boolean sent(HttpServletRequest request) {
    return request.getHeader("Origin") != null
        || request.getHeader("Referer") != null
        || Collections.list(request.getHeaderNames()).stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("sec-"))
        || isBrowser(request.getHeader("User-Agent"));
  }

  /** PowerShell calls itself Mozilla too, and shows no pages. */
  private static boolean isBrowser(@Nullable String agent) {
    return agent != null && agent.startsWith("Mozilla/") && !agent.contains("PowerShell/");
  }
}
