package dev.framewise.vision.asset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are looked for on this machine.
 *
 * @param cacheDirectory where fetched files are kept; created when something is fetched
 * @param mirrorDirectory files laid out as in {@link Asset#file}, read in place and never written
 */
public record AssetLocations(Path cacheDirectory, Optional<Path> mirrorDirectory) {
    /** Names the cache directory. */
    public static final String CACHE_VARIABLE = "FRAMEWISE_CACHE";

    /** Names the mirror directory. */
    public static final String MIRROR_VARIABLE = "FRAMEWISE_ASSETS";

    /** What the launcher sets to the root of the checkout, from wherever it is called. */
    private static final String HOME_PROPERTY = "framewise.home";

    /**
     * The locations that the environment variables of this process name, and the checkout it was started from: that of the
     * launcher, else that of the working directory.
     */
    public static AssetLocations ofProcess() {
        return of(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath());
    }

    /**
     * The cache is {@code $FRAMEWISE_CACHE}, else {@code $XDG_CACHE_HOME/framewise/assets}, else
     * {@code ~/.cache/framewise/assets}. The mirror is {@code $FRAMEWISE_ASSETS} even where that does not exist, so that the
     * error can say so; else {@code ../shared/assets} beside the checkout that holds {@code start}, where there is one.
     */
    static AssetLocations of(Map<String, String> environment, Path home, Path start) {
        return new AssetLocations(cache(environment, home), mirror(environment, start));
    }

    private static Path cache(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault(CACHE_VARIABLE, "");
        if (!named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg);
        return caches.resolve("framewise").resolve("assets").toAbsolutePath();
    }

    private static Optional<Path> mirror(Map<String, String> environment, Path start) {
        String named = environment.getOrDefault(MIRROR_VARIABLE, "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named).toAbsolutePath());
        }
        for (Path folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            // modules have a pom.xml too: only the root of a checkout has the launcher beside it
            if (Files.isRegularFile(folder.resolve("framewise")) && Files.isRegularFile(folder.resolve("pom.xml"))) {
                Path beside = folder.resolveSibling("shared").resolve("assets");
                return Files.isDirectory(beside) ? Optional.of(beside) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
