package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands are small shell scripts: what they are asked for and what becomes of their answers is the subject. */
class AptPackagesTest {
    private static final Asset.DebianPackage WANTED = new Asset.DebianPackage("clips", "usr/share/clip.avi");

    @TempDir
    private Path folder;

    @Test
    void downloadsAndUnpacksWithoutInstalling() throws IOException, InterruptedException {
        String apt = script("apt-get", "[ \"$*\" = '-q download clips' ] && echo archive > clips_1_all.deb");
        String dpkg = script(
                "dpkg-deb", "[ \"$1\" = -x ] && mkdir -p \"$3/usr/share\" && cp \"$2\" \"$3/usr/share/clip.avi\"");
        assertThat(new AptPackages(apt, dpkg).extract(WANTED, empty())).hasContent("archive\n");
    }

    @Test
    void saysWhatAptSays() throws IOException {
        String apt = script("apt-get", "echo 'reading'; echo 'E: Unable to locate package clips' >&2; exit 100");
        assertThatThrownBy(() -> new AptPackages(apt, "dpkg-deb").extract(WANTED, empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with 100: E: Unable to locate package clips");
    }

    @Test
    void saysThatAPackageLacksTheFile() throws IOException {
        String apt = script("apt-get", "echo archive > clips_1_all.deb");
        String dpkg = script("dpkg-deb", "true");
        assertThatThrownBy(() -> new AptPackages(apt, dpkg).extract(WANTED, empty()))
                .hasMessage("clips_1_all.deb holds no usr/share/clip.avi");
    }

    @Test
    void saysThatThereIsNoApt() {
        String missing = folder.resolve("no-apt-get").toString();
        assertThatThrownBy(() -> new AptPackages(missing, "dpkg-deb").extract(WANTED, empty()))
                .hasMessage("no " + missing + " on this machine");
    }

    private Path empty() throws IOException {
        return Files.createDirectory(folder.resolve("into"));
    }

    private String script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }
}
