package dev.framewise.benchmarks.micro;

import dev.framewise.benchmarks.inference.ClipPictures;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.Letterbox;
import dev.framewise.vision.image.LumaPlane;
import dev.framewise.vision.image.VideoPicture;
import dev.framewise.vision.image.YuvImage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A JPEG of 768x576 on its way into the network's input of 416x416: decoding, and letterboxing what was decoded. And before that, on the
 * gateway: a video's picture is copied between two threads, as a live source does it, and encoded as it was decoded, or by way of BGR
 * (which a machine without libjpeg-turbo does in both).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PictureBenchmark {
    private static final int SIDE = 416;

    private final FloatPointer input = new FloatPointer(3L * SIDE * SIDE);
    private final Letterbox letterbox = new Letterbox(input, SIDE, SIDE);
    private final Letterbox ofPlanes =
            new Letterbox(input, SIDE, SIDE, InputFormat.yolox().withColours(InputFormat.ColourOrder.YCBCR));
    private final LumaPlane luma = new LumaPlane();
    private JpegDecoder decoder;
    /** For the letterbox alone, which needs planes that nobody overwrites. */
    private JpegDecoder other;

    private final VideoPicture copy = new VideoPicture();
    private final JpegEncoder encoder = new JpegEncoder(CameraSettings.DEFAULT_JPEG_QUALITY);
    private ClipReader clip;
    private byte[] jpeg;
    private YuvImage picture;

    @Setup
    public void readClip() throws IOException, ImageFormatException {
        jpeg = ClipPictures.jpegs(AssetCatalog.standard().locate("pets09-s2l1"), /* most= */ 1)
                .get(0);
        decoder = new JpegDecoder();
        other = new JpegDecoder();
        picture = other.decode(jpeg);
        clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"));
        clip.advance();
    }

    @Benchmark
    public YuvImage decode() throws ImageFormatException {
        return decoder.decode(jpeg);
    }

    @Benchmark
    public YuvImage decodeHalf() throws ImageFormatException {
        return decoder.decode(jpeg, JpegScale.HALF);
    }

    @Benchmark
    public LumaPlane decodeLumaHalf() throws ImageFormatException {
        decoder.decodeLuma(jpeg, JpegScale.HALF, luma);
        return luma;
    }

    @Benchmark
    public Letterbox letterbox() {
        letterbox.write(picture);
        return letterbox;
    }

    /** For a network that reads YCbCr. */
    @Benchmark
    public Letterbox letterboxYcbcr() {
        ofPlanes.write(picture);
        return ofPlanes;
    }

    @Benchmark
    public byte[] encodePlanes() {
        copy.copyFrom(clip.picture());
        return encoder.encode(copy);
    }

    @Benchmark
    public byte[] encodeByBgr() {
        copy.copyFrom(clip.picture());
        return encoder.encode(copy.pixels());
    }

    @TearDown
    public void close() throws IOException {
        clip.close();
        copy.close();
        encoder.close();
        decoder.close();
        other.close();
        luma.close();
        letterbox.close();
        ofPlanes.close();
        input.close();
    }
}
