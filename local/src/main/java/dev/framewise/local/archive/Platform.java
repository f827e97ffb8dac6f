package dev.framewise.local.archive;

import java.util.Arrays;
import java.util.regex.Pattern;

/** A platform that gateways run on, and how the libraries of others name it in their jars. */
public enum Platform {
    /** Linux on x86-64, with glibc. */
    LINUX_X64("linux-x64", "linux-x86_64", "x86_64|amd64|x64"),
    /** Linux on 64-bit ARM, with glibc. */
    LINUX_ARM64("linux-arm64", "linux-arm64", "aarch64|arm64");

    /** Native libraries of any system, the same with their versions, and the debugging symbols beside them. */
    private static final Pattern NATIVE =
            Pattern.compile("(?i).*(\\.so(\\.[0-9.]+)?|\\.dll|\\.dylib|\\.jnilib|\\.lib|\\.a|\\.pdb)$|.*\\.dSYM/.*");

    /** Programs, headers and notes that bytedeco ships beside its libraries. */
    private static final Pattern BESIDE = Pattern.compile(
            "org/bytedeco/[a-z]+/[a-z0-9_-]+/((include|share|lib/cmake|lib/pkgconfig|bin|python)/.*|ff[a-z]+)");

    private final String id;
    private final String classifier;
    /** Of a library's path: Linux with glibc on this machine, in folders such as linux-x64 or Linux/x86_64. */
    private final Pattern own;

    Platform(String id, String classifier, String architectures) {
        this.id = id;
        this.classifier = classifier;
        this.own = Pattern.compile("(?i)(.*/)?linux[/-](" + architectures + ")/.*");
    }

    /** As on the command line and in the archive's name. */
    public String id() {
        return id;
    }

    /** Whether a jar is of use there, by its name: not one of another platform's natives, nor of a window that nobody opens. */
    boolean takesJar(String fileName) {
        boolean another = Arrays.stream(values())
                .anyMatch(other -> other != this && fileName.endsWith("-" + other.classifier + ".jar"));
        // JavaCV names it for a window of its own that is never opened
        return !another && !fileName.startsWith("javafx-");
    }

    /** Whether an entry of a jar is of use there: what is no native code, and native code of this platform. */
    boolean takesEntry(String name) {
        if (BESIDE.matcher(name).matches()) {
            return false;
        }
        return !NATIVE.matcher(name).matches() || own.matcher(name).matches();
    }
}
