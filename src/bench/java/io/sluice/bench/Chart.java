package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars from zero, as SVG. It brings its own background, so that it reads the same on a
 * light and on a dark page.
 *
 * @param format of the values, as for {@link String#format}
 */
record Chart(String title, String format, List<Bar> bars) {
  private static final int WIDTH = 760;
  private static final int LABELS = 300;
  private static final int VALUES = 90;
  private static final int TOP = 44;
  private static final int ROW = 26;
  private static final String OURS = "#1d6fd1";
  private static final String OTHERS = "#9aa3ad";

  /**
   * @param ours drawn in the colour that stands out
   */
  record Bar(String label, double value, boolean ours) {}

  Chart(String title, String format) {
    this(title, format, new ArrayList<>());
  }

  void add(String label, double value, boolean ours) {
    bars.add(new Bar(label, value, ours));
  }

  /** The whole file. */
  String svg() {
    int height = TOP + bars.size() * ROW + 12;
    double most = bars.stream().mapToDouble(Bar::value).filter(Double::isFinite).max().orElse(1);
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" font-family="system-ui, sans-serif" font-size="13" fill="#1f2328">
        <rect width="%1$d" height="%2$d" rx="6" fill="#ffffff"/>
        <text x="16" y="27" font-size="15" font-weight="600">%3$s</text>
        """
            .formatted(WIDTH, height, escaped(title)));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(row(bars.get(i), TOP + i * ROW, most));
    }
    return svg.append("</svg>\n").toString();
  }

  private String row(Bar bar, int y, double most) {
    boolean finite = Double.isFinite(bar.value());
    double length = finite ? (WIDTH - LABELS - VALUES) * bar.value() / most : 0;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="18" rx="2" fill="%s"/>
        <text x="%.1f" y="%d">%s</text>
        """,
        LABELS - 8,
        y + 14,
        escaped(bar.label()),
        LABELS,
        y,
        Math.max(1, length),
        bar.ours() ? OURS : OTHERS,
        LABELS + length + 6,
        y + 14,
        finite ? String.format(Locale.ROOT, format, bar.value()) : "did not finish");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
