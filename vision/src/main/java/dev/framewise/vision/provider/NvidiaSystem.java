package dev.framewise.vision.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be told of NVIDIA's hardware and libraries without loading any: an engine fits one kind of GPU and one version of TensorRT
 * only.
 */
final class NvidiaSystem {
    private static final String MODEL = "Model:";
    private static final String LIBRARY = "libnvinfer.so.";
    private static final String UNKNOWN = "unknown";

    private final Path root;
    private final List<Path> libraryFolders;

    /**
     * A machine.
     *
     * @param root of its file system
     * @param libraryFolders where libraries are looked for, in order
     */
    NvidiaSystem(Path root, List<Path> libraryFolders) {
        this.root = root;
        this.libraryFolders = libraryFolders;
    }

    /** This machine. */
    static NvidiaSystem ofProcess(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":")) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        for (String folder : List.of(
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib/x86_64-linux-gnu",
                "/usr/local/tensorrt/lib",
                "/usr/local/lib")) {
            folders.add(Path.of(folder));
        }
        return new NvidiaSystem(Path.of("/"), folders);
    }

    /** The name of a GPU: the driver's, else that of the board, such as a Jetson; "unknown" if neither says. */
    String device(int index) {
        List<Path> gpus = list(root.resolve("proc/driver/nvidia/gpus"));
        if (index < gpus.size()) {
            Optional<String> model = lines(gpus.get(index).resolve("information"))
                    .filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(MODEL.length()).strip())
                    .findFirst();
            if (model.isPresent()) {
                return model.get();
            }
        }
        return lines(root.resolve("proc/device-tree/model"))
                .map(line -> line.replace("\u0000", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The version of TensorRT, from the name of its library; "unknown" if there is none. */
    String tensorRt() {
        return libraryFolders.stream()
                .flatMap(folder -> list(folder).stream())
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(LIBRARY))
                .map(name -> name.substring(LIBRARY.length()))
                // Beside libnvinfer.so.10.9.0 there is a link libnvinfer.so.10.
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse(UNKNOWN);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            // Not there: most machines have no such folder.
            return List.of();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Arrays.stream(Files.readString(file, StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
