package dev.framewise.vision.image;

/** The same where the machine has no libjpeg-turbo. */
class ScaledDecodeByFfmpegTest extends ScaledDecodeTest {
    @Override
    boolean byTurbo() {
        return false;
    }
}
