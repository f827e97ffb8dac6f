/**
 * Pictures: from JPEG bytes or a video to the pixels a network wants.
 *
 * <p>In: JPEG bytes of a frame record ({@link dev.framewise.vision.image.JpegDecoder}, at full size or smaller) or a clip, camera or stream
 * address ({@link dev.framewise.vision.image.ClipReader}). Out: planes of floats in the memory of a network's input
 * ({@link dev.framewise.vision.image.Letterbox}), brightness alone
 * ({@link dev.framewise.vision.image.LumaPlane}), a video's pictures as they were decoded ({@link
 * dev.framewise.vision.image.VideoPicture}), packed BGR pictures ({@link dev.framewise.vision.image.BgrImage}) and JPEG bytes again ({@link
 * dev.framewise.vision.image.JpegEncoder}).
 *
 * <p>Callers: the detector, the gateway's capture loop and the evaluation. Every class that holds native memory belongs
 * to one thread, is reused from frame to frame and must be closed by whoever made it.
 */
package dev.framewise.vision.image;
