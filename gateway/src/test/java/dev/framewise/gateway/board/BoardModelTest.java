package dev.framewise.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.config.BoardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardModelTest {
    @TempDir
    Path root;

    @Test
    void theDeviceTreeSaysWhatAnArmBoardIs() throws IOException {
        write("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        assertThat(model()).isEqualTo(new BoardModel("Raspberry Pi 5 Model B Rev 1.0", "raspberry-pi-5"));

        write("proc/device-tree/model", "NVIDIA Jetson AGX Orin Developer Kit\0");
        assertThat(model().profile()).isEqualTo("jetson-agx-orin");
    }

    @Test
    void dmiSaysWhatAPcIs() throws IOException {
        write("sys/class/dmi/id/product_name", "NUC 12 / Pro (Kit)\n");
        assertThat(model()).isEqualTo(new BoardModel("NUC 12 / Pro (Kit)", "nuc-12-pro-kit"));
    }

    @Test
    void whatSaysNothingIsUnknown() throws IOException {
        assertThat(model()).isEqualTo(new BoardModel("", "unknown"));
        write("sys/class/dmi/id/product_name", "-- --\n");
        assertThat(model().profile()).isEqualTo("unknown");
    }

    private BoardModel model() {
        return BoardModel.read(
                new BoardSettings.Places(root.resolve("sys"), root.resolve("proc"), Path.of("none"), Path.of("none")));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
