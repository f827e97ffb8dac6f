package dev.framewise.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {

    @Test
    void nativeCodeOfOtherPlatformsStaysAway() {
        List<String> others = List.of(
                "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib",
                "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib.dSYM/Contents/Info.plist",
                "ai/onnxruntime/native/win-x64/onnxruntime.dll",
                "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
                "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
                "org/sqlite/native/Linux/x86/libsqlitejdbc.so",
                "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
                "org/sqlite/native/Linux-Android/x86_64/libsqlitejdbc.so",
                "org/sqlite/native/FreeBSD/x86_64/libsqlitejdbc.so",
                "darwin/x86_64/libzstd-jni-1.5.6-10.dylib",
                "org/bytedeco/ffmpeg/linux-x86_64/ffprobe");

        assertThat(others).noneMatch(Platform.LINUX_X64::takesEntry);
    }

    @Test
    void itsOwnAndWhatIsNoNativeCodeIsTaken() {
        assertThat(List.of(
                        "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                        "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
                        "linux/amd64/libzstd-jni-1.5.6-10.so",
                        "org/bytedeco/ffmpeg/linux-x86_64/libavcodec.so.62",
                        "org/sqlite/JDBC.class",
                        "META-INF/services/java.sql.Driver"))
                .allMatch(Platform.LINUX_X64::takesEntry);
        assertThat(Platform.LINUX_ARM64.takesEntry("linux/aarch64/libzstd-jni-1.5.6-10.so"))
                .isTrue();
    }

    @Test
    void jarsOfOtherPlatformsStayAway() {
        assertThat(Platform.LINUX_X64.takesJar("ffmpeg-8.0.1-1.5.13-linux-x86_64.jar"))
                .isTrue();
        assertThat(Platform.LINUX_X64.takesJar("ffmpeg-8.0.1-1.5.13-linux-arm64.jar"))
                .isFalse();
        assertThat(Platform.LINUX_ARM64.takesJar("ffmpeg-8.0.1-1.5.13-linux-x86_64.jar"))
                .isFalse();
        assertThat(Platform.LINUX_ARM64.takesJar("kafka-clients-4.2.2.jar")).isTrue();
        assertThat(Platform.LINUX_ARM64.takesJar("javafx-graphics-17-linux.jar"))
                .isFalse();
    }
}
