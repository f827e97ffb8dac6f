package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSystemTest {
    @TempDir
    private Path root;

    @Test
    void theDriverNamesItsGpus() throws IOException {
        gpu("0000:01:00.0", "NVIDIA A2");
        gpu("0000:02:00.0", "NVIDIA H100 80GB HBM3");
        board("some server");
        assertThat(system().device(0)).isEqualTo("NVIDIA A2");
        assertThat(system().device(1)).isEqualTo("NVIDIA H100 80GB HBM3");
        assertThat(system().device(2)).isEqualTo("some server");
    }

    @Test
    void aBoardIsNamedByItsDeviceTree() throws IOException {
        board("NVIDIA Jetson Orin Nano Developer Kit\0");
        assertThat(system().device(0)).isEqualTo("NVIDIA Jetson Orin Nano Developer Kit");
    }

    @Test
    void tensorRtIsNamedByItsLibrary() throws IOException {
        Path folder = Files.createDirectories(root.resolve("lib"));
        Files.createFile(folder.resolve("libnvinfer.so.10.9.0"));
        Files.createSymbolicLink(folder.resolve("libnvinfer.so.10"), folder.resolve("libnvinfer.so.10.9.0"));
        Files.createFile(folder.resolve("libnvinfer_plugin.so.10.9.0.1"));
        assertThat(system().tensorRt()).isEqualTo("10.9.0");
    }

    @Test
    void whereNothingIsNothingIsKnown() {
        assertThat(system().device(0)).isEqualTo("unknown");
        assertThat(system().tensorRt()).isEqualTo("unknown");
    }

    private NvidiaSystem system() {
        return new NvidiaSystem(root, List.of(root.resolve("absent"), root.resolve("lib")));
    }

    private void gpu(String address, String model) throws IOException {
        Path folder =
                Files.createDirectories(root.resolve("proc/driver/nvidia/gpus").resolve(address));
        Files.writeString(folder.resolve("information"), "Model: \t\t " + model + "\nIRQ:   \t\t 42\n");
    }

    private void board(String model) throws IOException {
        Files.writeString(
                Files.createDirectories(root.resolve("proc/device-tree")).resolve("model"), model);
    }
}
