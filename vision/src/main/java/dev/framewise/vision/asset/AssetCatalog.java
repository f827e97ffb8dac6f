package dev.framewise.vision.asset;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All files this project knows by name, and the way to each of them.
 *
 * <p>Thread-safe; at most one file is fetched at a time in a process, and into one cache on a machine.
 */
public final class AssetCatalog {
    private final Map<String, Asset> assets;
    private final AssetLocations locations;
    private final Downloader downloader;
    private final PackageTool packages;
    private final DownloadProgress progress;

    AssetCatalog(
            Map<String, Asset> assets,
            AssetLocations locations,
            Downloader downloader,
            PackageTool packages,
            DownloadProgress progress) {
        this.assets = assets;
        this.locations = locations;
        this.downloader = downloader;
        this.packages = packages;
        this.progress = progress;
    }

    /** The catalog of the project and the locations of this process; downloads show as plain lines on standard error. */
    public static AssetCatalog standard() {
        return standard(DownloadProgress.lines(System.err));
    }

    /** As {@link #standard()}, with the caller's own display of downloads. */
    public static AssetCatalog standard(DownloadProgress progress) {
        return new AssetCatalog(
                CatalogReader.readResource(),
                AssetLocations.ofProcess(),
                new Downloader(DownloadOptions.DEFAULT, progress, length -> Thread.sleep(length.toMillis())),
                new AptPackages(),
                progress);
    }

    /** All names, in the catalog's order. */
    public Set<String> names() {
        return assets.keySet();
    }

    /**
     * The entry of a name.
     *
     * @throws AssetException of kind {@code UNKNOWN_NAME}, naming what is near
     */
    public Asset asset(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new AssetException(
                    AssetException.Kind.UNKNOWN_NAME,
                    "no asset is named '" + name + "'; near it: " + String.join(", ", near(name)));
        }
        return asset;
    }

    /**
     * The path of a file with the catalog's bytes, fetched where it must be. Its size and SHA-256 are checked in this very
     * call. The file is to be read only: it may belong to a mirror that others use.
     *
     * @throws AssetException of any kind; see {@link AssetException.Kind}
     */
    public Path locate(String name) {
        return new AssetSearch(asset(name), locations, downloader, packages, progress).find();
    }

    private List<String> near(String name) {
        return assets.keySet().stream()
                .sorted(Comparator.comparingInt(known -> editDistance(known, name)))
                .limit(/* shown= */ 4)
                .collect(Collectors.toList());
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one name into the other. */
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
