package dev.framewise.vision.image;

/** The same where the machine has no libjpeg-turbo. */
class JpegDecoderByFfmpegTest extends JpegDecoderTest {
    @Override
    boolean byTurbo() {
        return false;
    }
}
