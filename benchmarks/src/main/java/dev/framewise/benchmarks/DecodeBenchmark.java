package dev.framewise.benchmarks;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.Letterbox;
import dev.framewise.vision.image.LumaPlane;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What a JPEG costs on its way into a network, as {@link JpegDecoder} does it (by libjpeg-turbo where the machine has it, else by FFmpeg) and by OpenCV, in CPU time of
 * one thread; and how many damaged pictures each of them notices. Behind docs/decisions/0002-jpeg-decode.md and
 * 0010-scaled-decode.md.
 *
 * <p>The ways take turns, round by round, so that a busy machine hurts them alike; read the ratios, not the times.
 */
public final class DecodeBenchmark {
    private static final int FRAME_STEP = 8;
    private static final int[] WIDTHS = {768, 1280, 1920};
    private static final int INPUT_SIDE = 416;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 9;
    private static final int FLIPPED_BITS = 8;
    private static final int COLOUR = opencv_imgcodecs.IMREAD_COLOR;
    private static final int HALF_COLOUR = opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
    private static final int HALF_GREY = opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;

    private final List<byte[]> jpegs;
    private final BytePointer input = new BytePointer(/* size= */ 1 << 20);
    private final JpegDecoder decoder = new JpegDecoder();
    private final BgrImage bgr = new BgrImage();
    private final Mat half = new Mat();
    private final LumaPlane luma = new LumaPlane();
    private final Letterbox letterbox =
            new Letterbox(new FloatPointer(3L * INPUT_SIDE * INPUT_SIDE), INPUT_SIDE, INPUT_SIDE);

    private DecodeBenchmark(List<byte[]> jpegs) throws ImageFormatException {
        this.jpegs = jpegs;
        decoder.decode(jpegs.get(0), bgr);
    }

    /** Runs for each JPEG quality named, or for 80 and 90; each at the clip's size and enlarged. */
    public static void main(String[] args) throws IOException, ImageFormatException {
        List<Integer> qualities = args.length == 0
                ? List.of(80, 90)
                : Arrays.stream(args).map(Integer::valueOf).toList();
        for (int quality : qualities) {
            for (int width : WIDTHS) {
                DecodeBenchmark benchmark = new DecodeBenchmark(encode(quality, width));
                benchmark.time(quality, width);
                benchmark.countNoticed();
            }
        }
    }

    private static List<byte[]> encode(int quality, int width) throws IOException {
        List<byte[]> jpegs = new ArrayList<>();
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"));
                BgrImage enlarged = new BgrImage(width, width * clip.height() / clip.width());
                JpegEncoder encoder = new JpegEncoder(quality)) {
            while (clip.advance()) {
                if (clip.index() % FRAME_STEP == 0) {
                    opencv_imgproc.resize(
                            clip.image().mat(), enlarged.mat(), enlarged.mat().size());
                    jpegs.add(encoder.encode(enlarged));
                }
            }
        }
        return jpegs;
    }

    /** One way of treating a picture. */
    private interface Way {
        void treat(byte[] jpeg) throws ImageFormatException;
    }

    private void time(int quality, int width) throws ImageFormatException {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("OpenCV: decode to BGR", jpeg -> decodeByOpenCv(jpeg, COLOUR, bgr.mat()));
        ways.put("ours: decode to planes", decoder::decode);
        ways.put("OpenCV: decode to BGR, letterbox", jpeg -> {
            decodeByOpenCv(jpeg, COLOUR, bgr.mat());
            letterbox.write(bgr);
        });
        ways.put("ours: decode to planes, letterbox", jpeg -> letterbox.write(decoder.decode(jpeg)));
        ways.put("ours: decode to half, to planes", jpeg -> decoder.decode(jpeg, JpegScale.HALF));
        ways.put(
                "ours: decode to half, to planes, letterbox",
                jpeg -> letterbox.write(decoder.decode(jpeg, JpegScale.HALF)));
        ways.put("OpenCV: decode to half, to BGR", jpeg -> decodeByOpenCv(jpeg, HALF_COLOUR, half));
        ways.put("ours: decode to half, brightness alone", jpeg -> decoder.decodeLuma(jpeg, JpegScale.HALF, luma));
        ways.put("OpenCV: decode to half, to grey", jpeg -> decodeByOpenCv(jpeg, HALF_GREY, half));
        Map<String, double[]> millis = new LinkedHashMap<>();
        ways.keySet().forEach(name -> millis.put(name, new double[ROUNDS]));
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                double spent = cpuMillisPerPicture(way.getValue());
                if (round >= 0) {
                    millis.get(way.getKey())[round] = spent;
                }
            }
        }
        long bytes = jpegs.stream().mapToLong(jpeg -> jpeg.length).sum() / jpegs.size();
        System.out.printf(
                "width %d, quality %d, %d bytes a picture, %d pictures%n", width, quality, bytes, jpegs.size());
        double base = 0;
        for (Map.Entry<String, double[]> row : millis.entrySet()) {
            Arrays.sort(row.getValue());
            double median = row.getValue()[ROUNDS / 2];
            base = base == 0 ? median : base;
            System.out.printf("  %-36s %.3f CPU ms, ratio %.3f%n", row.getKey(), median, median / base);
        }
    }

    private double cpuMillisPerPicture(Way way) throws ImageFormatException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (byte[] jpeg : jpegs) {
            way.treat(jpeg);
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6 / jpegs.size();
    }

    /** Decodes without a copy where {@code into} has the size already. */
    private void decodeByOpenCv(byte[] jpeg, int mode, Mat into) {
        input.put(jpeg, 0, jpeg.length);
        try (Mat bytes = new Mat(1, jpeg.length, opencv_core.CV_8UC1, input)) {
            opencv_imgcodecs.imdecode(bytes, mode, into);
        }
    }

    private void countNoticed() {
        SplittableRandom random = new SplittableRandom(1);
        int atFull = 0;
        int atHalf = 0;
        int byOpenCv = 0;
        for (byte[] jpeg : jpegs) {
            byte[] damaged = jpeg.clone();
            for (int i = 0; i < FLIPPED_BITS; i++) {
                damaged[jpeg.length / 4 + random.nextInt(jpeg.length / 2)] ^= (byte) (1 << random.nextInt(8));
            }
            atFull += isRefused(damaged, JpegScale.FULL) ? 1 : 0;
            atHalf += isRefused(damaged, JpegScale.HALF) ? 1 : 0;
            try (Mat image = new Mat()) {
                decodeByOpenCv(damaged, COLOUR, image);
                byOpenCv += image.empty() ? 1 : 0;
            }
        }
        System.out.printf(
                "  pictures with %d flipped bits, noticed: at full size %d, at half size %d, OpenCV %d of %d%n",
                FLIPPED_BITS, atFull, atHalf, byOpenCv, jpegs.size());
    }

    private boolean isRefused(byte[] jpeg, JpegScale scale) {
        try {
            decoder.decode(jpeg, scale);
            return false;
        } catch (ImageFormatException e) {
            return true;
        }
    }
}
