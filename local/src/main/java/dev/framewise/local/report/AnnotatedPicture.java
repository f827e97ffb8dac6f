package dev.framewise.local.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A frame with its tracks drawn on it, as SVG: the JPEG as it came from the camera, boxes and ids above it, sharp at any
 * size and without a font on the machine that makes it. Immutable.
 */
public final class AnnotatedPicture {
    /** Colours that stay apart from each other and from most scenes; a track keeps its own over all pictures. */
    private static final List<String> COLOURS =
            List.of("#4cc9f0", "#ff9f1c", "#80ed99", "#f72585", "#ffd60a", "#b388ff", "#ff6b6b", "#2ec4b6");

    private final String camera;
    private final long sequence;
    private final byte[] jpeg;
    private final int width;
    private final int height;
    private final List<Box> boxes;

    /**
     * One track.
     *
     * @param trackId unique per camera
     * @param x left edge, pixels of the picture
     * @param y top edge, pixels
     * @param width pixels
     * @param height pixels
     * @param detected false where the box was predicted or interpolated: drawn dashed
     */
    public record Box(long trackId, double x, double y, double width, double height, boolean detected) {}

    /**
     * @param jpeg the frame as published; not copied
     * @param width pixels
     * @param height pixels
     */
    public AnnotatedPicture(String camera, long sequence, byte[] jpeg, int width, int height, List<Box> boxes) {
        this.camera = camera;
        this.sequence = sequence;
        this.jpeg = jpeg;
        this.width = width;
        this.height = height;
        this.boxes = List.copyOf(boxes);
    }

    /** Number of tracks drawn. */
    public int tracks() {
        return boxes.size();
    }

    /** What it shows, for a caption. */
    public String caption() {
        return camera + ", frame " + sequence + ", " + (boxes.size() == 1 ? "1 track" : boxes.size() + " tracks");
    }

    /** A document of its own, which is also valid inside an HTML page. */
    public String svg() {
        double line = width / 320.0;
        double font = width / 52.0;
        StringBuilder svg = new StringBuilder(jpeg.length * 4 / 3 + 4096);
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                width, height, Html.escape(caption())));
        svg.append(format("<image width=\"%d\" height=\"%d\" href=\"data:image/jpeg;base64,", width, height))
                .append(Base64.getEncoder().encodeToString(jpeg))
                .append("\"/>");
        for (Box box : boxes) {
            draw(svg, box, line, font);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(StringBuilder svg, Box box, double line, double font) {
        String colour = COLOURS.get((int) Math.floorMod(box.trackId(), (long) COLOURS.size()));
        String label = Long.toString(box.trackId());
        double labelWidth = font * (0.62 * label.length() + 0.7);
        double labelX = Math.min(Math.max(box.x() - line / 2, 0), width - labelWidth);
        double labelY = Math.max(box.y() - font * 1.25, 0);
        svg.append(format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"none\" stroke=\"%s\""
                        + " stroke-width=\"%.1f\"%s/>",
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                line,
                colour,
                line,
                box.detected() ? "" : format(" stroke-dasharray=\"%.1f %.1f\"", 3 * line, 2 * line)));
        svg.append(format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"%s\"/>",
                labelX, labelY, labelWidth, font * 1.25, line, colour));
        svg.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" font-family=\"system-ui,sans-serif\" font-weight=\"600\" font-size=\"%.1f\""
                        + " fill=\"#10151c\" text-anchor=\"middle\">%s</text>",
                labelX + labelWidth / 2, labelY + font * 0.98, font, label));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
