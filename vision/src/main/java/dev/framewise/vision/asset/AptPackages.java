package dev.framewise.vision.asset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's and Ubuntu's packages by way of {@code apt-get download}, which needs no root, and {@code dpkg-deb}. Nothing is
 * installed.
 */
final class AptPackages implements PackageTool {
    private final String aptGet;
    private final String dpkgDeb;

    AptPackages() {
        this("apt-get", "dpkg-deb");
    }

    /**
     * @param aptGet command or path
     * @param dpkgDeb command or path
     */
    AptPackages(String aptGet, String dpkgDeb) {
        this.aptGet = aptGet;
        this.dpkgDeb = dpkgDeb;
    }

    @Override
    public Path extract(Asset.DebianPackage wanted, Path into) throws IOException, InterruptedException {
        execute(into, List.of(aptGet, "-q", "download", wanted.name()));
        Path archive;
        try (Stream<Path> files = Files.list(into)) {
            archive = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(aptGet + " fetched no package " + wanted.name()));
        }
        Path root = Files.createDirectory(into.resolve("unpacked"));
        execute(into, List.of(dpkgDeb, "-x", archive.toString(), root.toString()));
        Path file = root.resolve(wanted.path());
        if (!Files.isRegularFile(file)) {
            throw new IOException(archive.getFileName() + " holds no " + wanted.path());
        }
        return file;
    }

    private static void execute(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException("no " + command.get(0) + " on this machine", e);
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                String last = output.substring(output.lastIndexOf('\n') + 1);
                throw new IOException(String.join(" ", command) + " ended with " + status + ": " + last
                        + " (apt-get update may help)");
            }
        } finally {
            process.destroy();
        }
    }
}
