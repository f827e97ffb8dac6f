package dev.framewise.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Go's tool: the one on the PATH where it is new enough, else the newest package of this Debian or Ubuntu, unpacked under the build's
 * cache and not installed.
 */
final class TestingGo {
    /** The oldest that builds what is here: Debian bookworm's. */
    private static final int OLDEST_MINOR = 19;

    private static final Path CACHE =
            Path.of("..", ".framewise", "cache", "go").toAbsolutePath().normalize();
    private static final Path LOG = CACHE.resolve("log");
    private static final Pattern VERSION = Pattern.compile("go1\\.(\\d+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^(golang-1\\.(\\d+))-go\\b");
    private static final long PATIENCE_SECONDS = 300;

    private TestingGo() {}

    /**
     * Builds a program, fetching its modules; says what went wrong, an empty text where nothing did.
     *
     * @param source directory of its {@code go.mod}
     */
    static String build(Path source, Path program) throws IOException, InterruptedException {
        Files.createDirectories(CACHE);
        String problem = minor(run(CACHE, Map.of(), "go", "version")) < OLDEST_MINOR
                ? "there is no Go 1." + OLDEST_MINOR + " or newer"
                : build("go", source, program);
        if (!problem.isEmpty()) {
            problem += "; " + unpack();
            try (Stream<Path> roots = Files.isDirectory(CACHE.resolve("usr/lib"))
                    ? Files.list(CACHE.resolve("usr/lib"))
                    : Stream.empty()) {
                for (Path root : roots.filter(root -> Files.isExecutable(root.resolve("bin/go")))
                        .toList()) {
                    String next = build(root.resolve("bin/go").toString(), source, program);
                    problem = next.isEmpty() ? next : problem + "; " + next;
                }
            }
        }
        return problem;
    }

    private static String build(String go, Path source, Path program) throws IOException, InterruptedException {
        // without C no compiler is needed
        Map<String, String> environment = go.equals("go")
                ? Map.of("CGO_ENABLED", "0")
                : Map.of(
                        "CGO_ENABLED",
                        "0",
                        "GOROOT",
                        Path.of(go).getParent().getParent().toString());
        return run(source, environment, go, "build", "-o", program.toString(), ".") == null
                ? "'" + go + " build' failed (log: " + LOG + ")"
                : "";
    }

    /** Unpacks the newest package that apt knows, where none is unpacked yet; says what went wrong if something did. */
    private static String unpack() throws IOException, InterruptedException {
        if (Files.isDirectory(CACHE.resolve("usr"))) {
            return "unpacked before";
        }
        List<String> names = packages();
        if (names.isEmpty()) {
            // a machine that has never looked knows of no package
            run(CACHE, Map.of(), "apt-get", "update");
            names = packages();
        }
        if (names.isEmpty()) {
            return "apt knows no golang-1." + OLDEST_MINOR + "-go or newer";
        }
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(names);
        if (run(CACHE, Map.of(), download.toArray(String[]::new)) == null) {
            return "'" + String.join(" ", download) + "' failed";
        }
        try (Stream<Path> files = Files.list(CACHE)) {
            for (Path archive :
                    files.filter(file -> file.toString().endsWith(".deb")).toList()) {
                if (run(CACHE, Map.of(), "dpkg-deb", "-x", archive.toString(), "unpacking") == null) {
                    return "'dpkg-deb -x " + archive + "' failed";
                }
                Files.delete(archive);
            }
        }
        Files.move(CACHE.resolve("unpacking/usr"), CACHE.resolve("usr"));
        return "unpacked " + names;
    }

    /** The newest compiler's package and that of its library; empty where there is none. */
    private static List<String> packages() throws IOException, InterruptedException {
        String known = run(CACHE, Map.of(), "apt-cache", "search", "--names-only", "^golang-1\\.[0-9]+-go$");
        return PACKAGE.matcher(known == null ? "" : known)
                .results()
                .filter(found -> Integer.parseInt(found.group(2)) >= OLDEST_MINOR)
                .max(Comparator.comparingInt(found -> Integer.parseInt(found.group(2))))
                .map(found -> List.of(found.group(1) + "-go", found.group(1) + "-src"))
                .orElse(List.of());
    }

    private static int minor(String said) {
        Matcher matcher = VERSION.matcher(said == null ? "" : said);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** What a command said; null where it failed, took too long or is not on this machine. */
    private static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().putIfAbsent("HOME", CACHE.toString());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            // no such program: the caller says what that means
            return null;
        }
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return ended && process.exitValue() == 0 ? Files.readString(LOG) : null;
    }
}
