package dev.framewise.gateway.edge;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.BoxPainter;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackList.Provenance;
import java.io.IOException;
import java.util.List;

/**
 * Draws the tracks of a frame on its picture, once for all who show it, and only while somebody does. A box that the detector did not
 * see in this very frame is thin.
 */
final class Overlay implements FrameWatcher {
    private static final int QUALITY = 85;

    /** Shows pictures with their boxes. */
    interface Screen extends AutoCloseable {
        /** Whether anybody looks. */
        boolean isWatched();

        /** @throws IOException if it can show no more */
        void show(byte[] jpeg) throws IOException;

        @Override
        void close() throws IOException;
    }

    private final List<Screen> screens;
    private final List<String> classNames;
    private final JpegDecoder decoder = new JpegDecoder();
    private final JpegEncoder encoder = new JpegEncoder(QUALITY);
    private final BgrImage image = new BgrImage();

    /** @param classNames of the model, by index */
    Overlay(List<Screen> screens, List<String> classNames) {
        this.screens = List.copyOf(screens);
        this.classNames = List.copyOf(classNames);
    }

    @Override
    public void see(EdgeFrame frame) throws IOException {
        if (screens.stream().noneMatch(Screen::isWatched)) {
            return;
        }
        byte[] jpeg;
        try {
            decoder.decode(frame.jpeg, image);
            draw(frame.tracks);
            jpeg = encoder.encode(image);
        } catch (ImageFormatException e) {
            // there is nothing to draw on
            return;
        }
        for (Screen screen : screens) {
            if (screen.isWatched()) {
                screen.show(jpeg);
            }
        }
    }

    private void draw(TrackList tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            int classId = tracks.classId(i);
            String name = classId < classNames.size() ? classNames.get(classId) : "class " + classId;
            BoxPainter.paint(
                    image,
                    tracks.x1(i),
                    tracks.y1(i),
                    tracks.x2(i),
                    tracks.y2(i),
                    name + " " + tracks.id(i),
                    tracks.id(i),
                    /* bold= */ tracks.provenance(i) == Provenance.DETECTED);
        }
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        encoder.close();
        image.close();
        for (Screen screen : screens) {
            screen.close();
        }
    }
}
