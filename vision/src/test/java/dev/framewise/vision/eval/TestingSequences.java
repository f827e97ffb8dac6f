package dev.framewise.vision.eval;

import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The sequences and reference results of the asset catalog. */
final class TestingSequences {
    static final List<String> NAMES =
            List.of("ADL-Rundle-6", "ETH-Bahnhof", "KITTI-17", "PETS09-S2L1", "TUD-Campus", "Venice-2");

    private static final AssetCatalog ASSETS = AssetCatalog.standard();

    private TestingSequences() {}

    static SequenceInfo info(String sequence) throws IOException {
        return SequenceInfo.read(ASSETS.locate("mot15/" + sequence + "/seqinfo"));
    }

    static List<MotRow> annotations(String sequence) throws IOException {
        return MotFormat.readTracks(ASSETS.locate("mot15/" + sequence + "/gt"));
    }

    static List<MotRow> detections(String sequence) throws IOException {
        return MotFormat.readDetections(ASSETS.locate("mot15/" + sequence + "/det"));
    }

    /** What the ByteTrack authors' code makes of {@link #detections}. */
    static List<MotRow> officialByteTrack(String sequence) throws IOException {
        return MotFormat.readTracks(ASSETS.locate("reference/bytetrack-0.6-0.9/" + sequence));
    }

    /** Person detections of YOLOX-Nano on the clip that is PETS09-S2L1. */
    static List<MotRow> yoloxNanoOnPets() throws IOException {
        return MotFormat.readDetections(ASSETS.locate("reference/pets09-s2l1.yolox-nano-416.person.det"));
    }

    /**
     * The same tracks made worse in every way a score looks at: frames without any, others missing, identities that break
     * and swap, boxes beside their objects, and doubles.
     */
    static List<MotRow> spoil(List<MotRow> tracks) {
        List<MotRow> spoiled = new ArrayList<>();
        for (MotRow row : tracks) {
            if (row.frame() % 17 == 0 || (row.frame() + row.id()) % 9 == 0) {
                continue;
            }
            int id = row.id() % 3 == 0 ? row.id() + 1000 * (row.frame() / 40) : row.id();
            double shift = row.id() % 4 == 1 ? cents(0.3 * row.width()) : 0;
            spoiled.add(box(row, id, cents(row.x() + shift), row.width()));
            if (row.frame() % 5 == 0 && row.id() % 5 == 0) {
                // of another width: two boxes of one size within an object overlap it alike, and a tie has no right
                // answer
                spoiled.add(box(row, id + 500_000, cents(row.x() + 2), cents(1.1 * row.width())));
            }
        }
        return spoiled;
    }

    private static MotRow box(MotRow row, int id, double x, double width) {
        return new MotRow(row.frame(), id, x, row.y(), width, row.height(), /* confidence= */ 1, /* classId= */ 0);
    }

    /** Hundredths of a pixel, so that the text that TrackEval read holds the same numbers. */
    private static double cents(double pixels) {
        return Math.rint(100 * pixels) / 100;
    }
}
