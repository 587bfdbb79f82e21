package io.sluice.cli.check;

import static io.sluice.config.Setting.bool;
import static io.sluice.config.Setting.prefix;
import static io.sluice.config.Setting.string;

import io.sluice.config.Settings;

/** Flume 1.11's interceptors and their keys. */
final class FlumeInterceptors {
  private FlumeInterceptors() {}

  static void addTo(Catalogue catalogue) {
    add(
        catalogue,
        "timestamp",
        "TimestampInterceptor",
        Settings.of("timestamp", string("headerName"), bool("preserveExisting")));
    add(
        catalogue,
        "host",
        "HostInterceptor",
        Settings.of("host", bool("preserveExisting"), bool("useIP"), string("hostHeader")));
    add(
        catalogue,
        "static",
        "StaticInterceptor",
        Settings.of("static", bool("preserveExisting"), string("key"), string("value")));
    add(
        catalogue,
        "regex_filter",
        "RegexFilteringInterceptor",
        Settings.of("regex_filter", string("regex"), bool("excludeEvents")));
    add(
        catalogue,
        "regex_extractor",
        "RegexExtractorInterceptor",
        Settings.of(
            "regex_extractor",
            string("regex").required().doc("what to look for."),
            string("serializers").required().doc("names of the serializers."),
            prefix("serializers.")));
    add(
        catalogue,
        "remove_header",
        "RemoveHeaderInterceptor",
        Settings.of(
            "remove_header",
            string("withName"),
            string("fromList"),
            string("fromListSeparator"),
            string("matching")));
    add(
        catalogue,
        "search_replace",
        "SearchAndReplaceInterceptor",
        Settings.of(
            "search_replace",
            string("searchPattern").required().doc("what to replace."),
            string("replaceString"),
            string("charset")));
  }

  private static void add(Catalogue catalogue, String alias, String name, Settings keys) {
    catalogue.flume(
        Kind.INTERCEPTOR, alias, "org.apache.flume.interceptor." + name + "$Builder", keys);
  }
}
