package io.alphakeep.bench;

import java.util.List;
import java.util.Locale;

/**
 * What both charts share. A chart is drawn twice, for wide and for narrow screens, because text in a drawing shrinks with
 * it; the style sheet shows one of the two.
 */
abstract class Chart {

    static final int WIDE = 1030;
    static final int NARROW = 360;

    private final String id;

    /** @param id unique in the page */
    Chart(String id) {
        this.id = id;
    }

    abstract String title();

    abstract String description();

    abstract int height(int width);

    abstract void draw(Markup svg, int width);

    final void addTo(Markup page) {
        page.open("figure");
        drawing(page, WIDE, "wide");
        drawing(page, NARROW, "narrow");
        page.leaf("figcaption", description());
        page.close();
    }

    private void drawing(Markup page, int width, String form) {
        String name = id + "-" + form;
        page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                form,
                "role",
                "img",
                "viewBox",
                "0 0 " + width + " " + height(width),
                "aria-labelledby",
                name + "-title " + name + "-desc");
        page.leaf("title", title(), "id", name + "-title");
        page.leaf("desc", description(), "id", name + "-desc");
        draw(page, width);
        page.close();
    }

    static void line(Markup svg, String kind, double x1, double y1, double x2, double y2) {
        svg.empty("line", "class", kind, "x1", px(x1), "y1", px(y1), "x2", px(x2), "y2", px(y2));
    }

    static void bar(Markup svg, String kind, double from, double to, double y, double height) {
        double left = Math.min(from, to);
        // Half a pixel, so that nothing is still seen.
        double width = Math.max(0.5, Math.abs(to - from));
        svg.empty(
                "rect", "class", kind, "x", px(left), "y", px(y), "width", px(width), "height", px(height), "rx", "2");
    }

    static void text(Markup svg, String kind, double x, double y, String anchor, String text) {
        svg.leaf("text", text, "class", kind, "x", px(x), "y", px(y), "text-anchor", anchor);
    }

    /** @return the place below the last line */
    static double texts(Markup svg, String kind, double x, double y, List<String> lines) {
        for (String line : lines) {
            text(svg, kind, x, y, "start", line);
            y += 17;
        }
        return y;
    }

    /** How many bold letters fit; in most fonts more do. */
    static int letters(double pixels) {
        return (int) (pixels / 8.2);
    }

    private static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
