package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings.Wish;

/**
 * What a source really gives, whatever it was asked for.
 *
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond as it states it; 0 where it does not
 * @param jpeg whether it gives JPEG by itself, which passes through; else it is decoded here
 */
public record PictureFormat(int width, int height, double framesPerSecond, boolean jpeg) {
    /** Drivers round intervals; nobody sees less, frames per second. */
    private static final double SAME_FPS = 0.5;

    /** Whether it is what was asked for. */
    public boolean fulfils(Wish wish) {
        return (wish.width() == 0 || wish.height() == 0 || (wish.width() == width && wish.height() == height))
                && (wish.framesPerSecond() == 0 || Math.abs(wish.framesPerSecond() - framesPerSecond) < SAME_FPS);
    }

    /** For people, such as {@code 640x480 at 15 fps, MJPEG}. */
    @Override
    public String toString() {
        return width + "x" + height + " at " + Wish.rate(framesPerSecond) + ", " + (jpeg ? "MJPEG" : "decoded here");
    }
}
