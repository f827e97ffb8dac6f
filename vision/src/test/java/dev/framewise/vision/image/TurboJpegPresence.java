package dev.framewise.vision.image;

import org.junit.jupiter.api.Assumptions;

/** Skips, aloud, what needs a libjpeg-turbo that this machine may lack. */
final class TurboJpegPresence {
    private TurboJpegPresence() {}

    static void assume() {
        if (!TurboJpegLibrary.isPresent()) {
            System.out.println("[WARNING] NOT TESTED: libturbojpeg is not on this machine; install libturbojpeg0");
            Assumptions.abort("libturbojpeg is not on this machine");
        }
    }
}
