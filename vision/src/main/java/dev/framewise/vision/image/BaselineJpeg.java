package dev.framewise.vision.image;

import dev.framewise.vision.image.ImageFormatException.Problem;

/**
 * Decodes usual JPEGs ({@link BaselineTables}) to a quarter or half of their size.
 *
 * <p>Per row of MCUs: Huffman codes become coefficients ({@link BlockReader}), of which only those that the smaller
 * picture shows are kept, and many blocks at once become pixels ({@link BlockTransform}). A scan that does not end where
 * its last block ends is refused, which notices most damage. Why not a library: docs/decisions/0010-scaled-decode.md.
 *
 * <p>Reuses its memory from picture to picture; belongs to one thread.
 */
final class BaselineJpeg implements AutoCloseable {
    private static final int END_OF_IMAGE = 0xD9;

    private final BaselineTables tables = new BaselineTables();
    private final ScanBytes scan = new ScanBytes();
    private final BlockReader reader = new BlockReader();
    private final BlockTransform[] transforms = new BlockTransform[CodedComponent.SIDE];
    private final PlaneMemory[] planes = {new PlaneMemory(), new PlaneMemory(), new PlaneMemory()};
    private final YuvImage image = new YuvImage();

    BaselineJpeg() {
        for (JpegScale scale : JpegScale.values()) {
            if (scale != JpegScale.FULL) {
                transforms[scale.blockSide()] = new BlockTransform(scale.blockSide());
            }
        }
    }

    /**
     * Reads all but the scan.
     *
     * @param jpeg whose segments {@link JpegHeader#parse} has walked through
     * @return whether {@link #decode} can go on with it
     */
    boolean accepts(byte[] jpeg) {
        if (!tables.read(jpeg)) {
            return false;
        }
        scan.read(jpeg, tables.scanStart);
        return scan.marker == END_OF_IMAGE;
    }

    /**
     * Decodes the picture that was accepted last.
     *
     * @param lumaOnly whether the planes of colour are left out
     * @return planes that are valid until the next call
     */
    YuvImage decode(JpegScale scale, boolean lumaOnly) throws ImageFormatException {
        int side = scale.blockSide();
        BlockTransform transform = transforms[side];
        int mcusX = tables.mcusX();
        int mcusY = tables.mcusY();
        int shown = lumaOnly ? 1 : tables.componentCount;
        for (int i = 0; i < tables.componentCount; i++) {
            CodedComponent component = tables.components[i];
            component.prepare(i < shown ? side : 0, mcusX);
            if (i < shown) {
                planes[i].reshape(mcusX * component.blocksX * side, mcusY * component.blocksY * side);
            }
        }
        int mcu = 0;
        for (int mcuY = 0; mcuY < mcusY; mcuY++) {
            for (int i = 0; i < shown; i++) {
                tables.components[i].clear();
            }
            for (int mcuX = 0; mcuX < mcusX; mcuX++) {
                if (mcu % tables.mcusPerInterval() == 0) {
                    startInterval(mcu / tables.mcusPerInterval());
                }
                readMcu(mcuX);
                mcu++;
            }
            for (int i = 0; i < shown; i++) {
                CodedComponent component = tables.components[i];
                transform.write(component, planes[i], mcuY * component.blocksY * side);
            }
        }
        endScan((mcu - 1) / tables.mcusPerInterval());
        return window(scale, shown);
    }

    private void readMcu(int mcu) throws ImageFormatException {
        for (int i = 0; i < tables.componentCount; i++) {
            CodedComponent component = tables.components[i];
            for (int y = 0; y < component.blocksY; y++) {
                for (int x = 0; x < component.blocksX; x++) {
                    if (!reader.read(component, component.lane(mcu, x, y))) {
                        throw corrupt("a block of the scan is unreadable");
                    }
                }
            }
        }
    }

    private void startInterval(int interval) throws ImageFormatException {
        if (interval > 0) {
            endInterval(interval - 1);
        }
        if (interval >= scan.intervals) {
            throw corrupt("a restart marker is missing");
        }
        for (CodedComponent component : tables.components) {
            component.predictor = 0;
        }
        int from = interval == 0 ? 0 : scan.ends[interval - 1];
        reader.start(scan.bytes, from, scan.ends[scan.intervals - 1]);
    }

    private void endScan(int interval) throws ImageFormatException {
        endInterval(interval);
        if (interval + 1 != scan.intervals) {
            throw corrupt("the scan goes on behind its last block");
        }
    }

    /** Behind the last block there may be the rest of a byte, and what encoders fill up with. */
    private void endInterval(int interval) throws ImageFormatException {
        long position = reader.position();
        long end = (long) scan.ends[interval] * Byte.SIZE;
        if (position > end) {
            throw corrupt("the scan ends before its last block");
        }
        for (int at = (int) ((position + Byte.SIZE - 1) / Byte.SIZE); at < scan.ends[interval]; at++) {
            if (scan.bytes[at] != 0 && scan.bytes[at] != (byte) 0xFF) {
                throw corrupt("the scan goes on behind its last block");
            }
        }
    }

    private YuvImage window(JpegScale scale, int shown) {
        int width = scale.lengthOf(tables.width);
        int height = scale.lengthOf(tables.height);
        image.setPicture(tables.width, tables.height, shown);
        image.setPlane(0, planes[0].memory(), width, height, planes[0].stride());
        for (int i = 1; i < shown; i++) {
            int chromaWidth = (width + tables.mostX - 1) / tables.mostX;
            int chromaHeight = (height + tables.mostY - 1) / tables.mostY;
            image.setPlane(i, planes[i].memory(), chromaWidth, chromaHeight, planes[i].stride());
        }
        return image;
    }

    private ImageFormatException corrupt(String what) {
        return new ImageFormatException(Problem.CORRUPT, tables.width + "x" + tables.height + " JPEG: " + what);
    }

    @Override
    public void close() {
        for (PlaneMemory plane : planes) {
            plane.close();
        }
        image.close();
    }
}
