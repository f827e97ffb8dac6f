package dev.framewise.local.report;

/** Text that is safe inside HTML and SVG, in elements and in double-quoted attributes. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
