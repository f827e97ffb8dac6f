package dev.framewise.vision.asset;

import java.io.PrintStream;

/** Told how far a download is. Called on the thread that called {@link AssetCatalog#locate}. */
public interface DownloadProgress {
    /**
     * Some bytes of an asset have arrived. A resumed download starts above 0; one that starts over goes back.
     *
     * @param name name in the catalog
     * @param bytes bytes on disk so far
     * @param totalBytes bytes when complete
     */
    void advanced(String name, long bytes, long totalBytes);

    /** Something a user wants to know: where a file is fetched from, that a transfer broke off and is tried again. */
    void note(String line);

    /** Plain lines, one each tenth of a file: for logs and for output that is no terminal. */
    static DownloadProgress lines(PrintStream out) {
        return new DownloadProgress() {
            private String last = "";

            @Override
            public void advanced(String name, long bytes, long totalBytes) {
                long tenths = totalBytes == 0 ? 10 : 10 * bytes / totalBytes;
                String line = name + ": " + 10 * tenths + " % of " + totalBytes / 1024 + " KiB";
                if (!line.equals(last)) {
                    last = line;
                    out.println(line);
                }
            }

            @Override
            public void note(String line) {
                out.println(line);
            }
        };
    }
}
