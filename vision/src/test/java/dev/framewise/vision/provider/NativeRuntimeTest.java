package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnxruntime.OrtEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of files that look like ONNX Runtime's libraries as far as their version goes; nothing is loaded from them. */
class NativeRuntimeTest {
    private static final String LIBRARY = "libonnxruntime.so";
    private static final String JNI = "libonnxruntime4j_jni.so";
    private static final Optional<String> JAR = Optional.of("1.28.0");

    @TempDir
    private Path folder;

    @Test
    void theJarTellsItsVersion() {
        assertThat(NativeRuntime.jarVersion())
                .contains(OrtEnvironment.getEnvironment().getVersion());
    }

    /** What is true of the libraries that were published must not be an assumption. */
    @ParameterizedTest
    @ValueSource(strings = {"linux-x64", "linux-aarch64"})
    void thePublishedLibrariesTellTheirVersion(String system) throws IOException {
        for (String name : new String[] {LIBRARY, JNI}) {
            try (InputStream library =
                    OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + system + "/" + name)) {
                assertThat(LibraryVersion.find(library)).as(name).isEqualTo(NativeRuntime.jarVersion());
            }
        }
    }

    @Test
    void aVersionIsFoundWhereverItLies() throws IOException {
        for (int before : new int[] {0, 1, (1 << 16) - 8, (1 << 16) - 1, 1 << 16, 200_000}) {
            byte[] bytes = ("x".repeat(before) + "VERS_1.2.30\0rest").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(LibraryVersion.find(new ByteArrayInputStream(bytes)))
                    .as("after %d bytes", before)
                    .contains("1.2.30");
        }
        byte[] none = "VERS_1.28 VERS_ 1.28.0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(LibraryVersion.find(new ByteArrayInputStream(none))).isEmpty();
    }

    @Test
    void aFolderOfTheJarsVersionIsTaken() throws IOException {
        library(LIBRARY, "1.28.0");
        library(JNI, "1.28.0");
        assertThatCode(() -> NativeRuntime.check(folder, JAR)).doesNotThrowAnyException();
    }

    @Test
    void aMissingLibraryIsNamedWithWhatToBuild() throws IOException {
        assertThat(refusal(folder.resolve("nowhere"))).contains("nowhere", LIBRARY + " is missing");
        library(LIBRARY, "1.28.0");
        assertThat(refusal(folder))
                .contains(
                        folder.toString(),
                        "onnxruntime.native.path or FRAMEWISE_ONNXRUNTIME_PATH",
                        JNI + " is missing",
                        "git checkout v1.28.0; ./build.sh",
                        "--build_java",
                        "--use_tensorrt");
    }

    @Test
    void librariesOfOtherVersionsAreRefusedWithTheOneToBuild() throws IOException {
        library(LIBRARY, "1.23.1");
        library(JNI, "1.28.0");
        assertThat(refusal(folder))
                .contains(
                        "expected both libraries of version 1.28.0",
                        LIBRARY + " of 1.23.1",
                        JNI + " of 1.28.0",
                        "git checkout v1.28.0");
        library(JNI, "1.23.1");
        assertThat(refusal(folder)).contains(JNI + " of 1.23.1");
    }

    @Test
    void aFileThatIsNoLibraryIsRefused() throws IOException {
        Files.writeString(folder.resolve(LIBRARY), "version https://git-lfs");
        library(JNI, "1.28.0");
        assertThat(refusal(folder)).contains(LIBRARY + " is no library of ONNX Runtime");
    }

    @Test
    void withoutTheJarsVersionTheTwoMustAgree() throws IOException {
        library(LIBRARY, "1.23.1");
        library(JNI, "1.28.0");
        assertThat(catchThrowableOfType(
                                NativeRuntimeException.class, () -> NativeRuntime.check(folder, Optional.empty()))
                        .getMessage())
                .contains("expected both libraries of version 1.28.0");
    }

    @Test
    void thePropertyIsNearerThanTheVariable() {
        assertThat(NativeRuntime.named("/a", "/b")).contains(Path.of("/a"));
        assertThat(NativeRuntime.named(null, "/b")).contains(Path.of("/b"));
        assertThat(NativeRuntime.named("", " ")).isEmpty();
        assertThat(NativeRuntime.named(null, null)).isEmpty();
    }

    private void library(String name, String version) throws IOException {
        Files.writeString(folder.resolve(name), "\u007fELF and so on\0VERS_" + version + "\0OrtGetApiBase\0");
    }

    private static String refusal(Path folder) {
        return catchThrowableOfType(NativeRuntimeException.class, () -> NativeRuntime.check(folder, JAR))
                .getMessage();
    }
}
